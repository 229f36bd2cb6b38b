// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/**
 * The listener that does nothing, until there is another one. A class and no lambda, because the program may be loading
 * a class now.
 */
public final class NoAction implements Runnable {

    /** The only one that is needed. */
    public static final Runnable INSTANCE = new NoAction();

    private NoAction() {}

    @Override
    public void run() {}
}
