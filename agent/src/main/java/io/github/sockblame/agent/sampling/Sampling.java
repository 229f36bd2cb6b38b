// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

/** The steps of a round that follow the sockets. */
public interface Sampling {

    /** Records the sockets that the program has closed since the last time. It needs no access to the kernel. */
    void drainCloses();

    /**
     * Returns whether the next round should do a whole reading: there was no memory for the last one, or the latest
     * sampling found a listener that no reading has found, and its queue cannot be read without its inode.
     */
    boolean needsReading();

    /** Does a whole reading, and records the states. */
    void readAll();

    /**
     * Records the state of every socket without any file, and the queues of the listeners by the beginning of two
     * files. It makes every "since" exact to the period.
     */
    void sampleStates();

    /** The figures of the latest round, with the present number of open descriptors. */
    QuickStats quickStats();

    /** Records the figures of the latest round as the sample of its minute. */
    void recordMinute();
}
