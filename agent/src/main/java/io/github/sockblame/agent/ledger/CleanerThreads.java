// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

/**
 * The threads in which the JDK closes collected sockets: that of its own Cleaner, and the Finalizer, because
 * {@code SSLSocket} still has a finalizer on 17.
 *
 * <p>Class and name together identify them. A thread of the program may have the same name, but not the class, which is
 * private to the JDK. The JDK has other threads of the Cleaner's class.
 */
final class CleanerThreads {

    private static final String CLEANER_CLASS = "jdk.internal.misc.InnocuousThread";
    private static final String CLEANER_NAME = "Common-Cleaner";
    private static final String FINALIZER_CLASS = "java.lang.ref.Finalizer$FinalizerThread";

    private CleanerThreads() {}

    static boolean isCurrent() {
        return isOne(Thread.currentThread());
    }

    static boolean isOne(Thread thread) {
        Class<?> type = thread.getClass();
        if (type == Thread.class) {
            return false;
        }
        String className = type.getName();
        return className.equals(FINALIZER_CLASS)
                || (className.equals(CLEANER_CLASS) && thread.getName().equals(CLEANER_NAME));
    }
}
