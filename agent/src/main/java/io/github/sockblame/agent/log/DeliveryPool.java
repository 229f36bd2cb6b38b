// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Delivery threads for receivers of the program that must not delay each other. Each receiver gets a thread of its own,
 * as long as there are not too many of them; then some share one.
 *
 * <p>Any thread may call all methods.
 */
public final class DeliveryPool {

    /** Most programs have one listener or two. */
    static final int MOST_THREADS = 16;

    private final String name;
    private final int maxBytes;
    private final List<Member> members = new ArrayList<>();

    private static final class Member {

        private final DeliveryThread thread;
        private int receivers;

        Member(DeliveryThread thread) {
            this.thread = thread;
        }
    }

    /**
     * Starts no thread yet.
     *
     * @param name of each thread
     * @param maxBytes limit for the actions that wait for one of them
     */
    DeliveryPool(String name, int maxBytes) {
        this.name = name;
        this.maxBytes = maxBytes;
    }

    /** Returns the thread of a new receiver: the one with the fewest receivers. */
    public synchronized DeliveryThread assign() {
        Member least = null;
        for (Member member : members) {
            least = least == null || member.receivers < least.receivers ? member : least;
        }
        if (least == null || (least.receivers > 0 && members.size() < MOST_THREADS)) {
            least = new Member(new DeliveryThread(name, maxBytes));
            members.add(least);
        }
        least.receivers++;
        return least.thread;
    }

    /** A receiver of this thread is gone. */
    public synchronized void release(DeliveryThread thread) {
        for (Member member : members) {
            if (member.thread == thread) {
                member.receivers--;
            }
        }
    }

    /** For how long the slowest present action has been running, in milliseconds; 0 if there is none. */
    public long busyMillis() {
        long longest = 0;
        for (DeliveryThread thread : threads()) {
            longest = Math.max(longest, thread.busyMillis());
        }
        return longest;
    }

    /** How many actions were dropped because the one before did not return. */
    public long dropped() {
        long dropped = 0;
        for (DeliveryThread thread : threads()) {
            dropped += thread.dropped();
        }
        return dropped;
    }

    /** Waits for each thread as {@link DeliveryThread#await} does. */
    public boolean await() {
        boolean delivered = true;
        for (DeliveryThread thread : threads()) {
            delivered &= thread.await();
        }
        return delivered;
    }

    /** Ends each thread as {@link DeliveryThread#end} does. */
    void end() {
        for (DeliveryThread thread : threads()) {
            thread.end();
        }
    }

    /** A copy, so that no lock is held during a wait. */
    private synchronized List<DeliveryThread> threads() {
        List<DeliveryThread> threads = new ArrayList<>();
        for (Member member : members) {
            threads.add(member.thread);
        }
        return threads;
    }
}
