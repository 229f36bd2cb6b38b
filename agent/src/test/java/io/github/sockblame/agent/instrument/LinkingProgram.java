// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

/** Initializes the classes that its arguments name, so that the JVM links and verifies them. */
public final class LinkingProgram {

    private LinkingProgram() {}

    /** Prints how many there were, or the first error. */
    public static void main(String[] names) throws ClassNotFoundException {
        int linked = 0;
        try {
            for (String name : names) {
                linked += Class.forName(name).getName().length() > 0 ? 1 : 0;
            }
            System.out.println("linked " + linked);
        } catch (LinkageError e) {
            System.out.println(e);
        }
    }
}
