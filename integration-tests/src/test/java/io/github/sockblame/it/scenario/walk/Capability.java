// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

/** What can be done to one kind of socket and not to another. */
enum Capability {
    /** One direction can be shut down. */
    HALF_CLOSE,
    /** It can be closed with SO_LINGER 0. */
    RESET,
    /** Closing one of its streams closes it. */
    CLOSE_BY_STREAM,
    /** A thread can be blocked in a read of it while another one closes it. */
    BLOCK,
    /** Interrupting the thread that is blocked in a read of it closes it. */
    INTERRUPT,
    /** The same, if the thread is a virtual one. */
    INTERRUPT_VIRTUAL,
    /** It can be registered with a selector. */
    REGISTER,
    /** The JDK's Cleaner closes it if nobody else does. */
    RESCUED,
    /** Nobody closes it once it is collected. */
    LOST_WHEN_COLLECTED
}
