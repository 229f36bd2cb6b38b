// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

/**
 * One thing that is done to a socket in a step.
 *
 * @param kind the kind of socket, a row of the table
 * @param name what is done, a column of the table
 * @param virtual whether a virtual thread does it
 * @param body does it
 */
record Action(String kind, String name, boolean virtual, Body body) {

    /** What may fail because the other side is gone. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    @Override
    public String toString() {
        return kind + ": " + name + (virtual ? " (virtual thread)" : "");
    }
}
