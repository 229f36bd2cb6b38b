// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

/**
 * Prints how many bytes the heap holds after a collection: with some sockets at once after they were opened, with as many as there are stacks, and
 * with all. What one more socket costs is the difference of the last two; the stacks are in both.
 *
 * <p>Arguments: stacks, sockets at once, sockets in the end.
 */
public final class HeapPerConnection {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** At rest is what stays the same for so many looks. */
    private static final int LOOKS = 6;

    /** With many sockets the agent's rounds are some five seconds apart, and what it loads last comes fifteen seconds after the first one. */
    private static final int MANY_LOOKS = 12;

    /** Two looks that differ by less are the same. */
    private static final long SAME = 16 << 10;

    private HeapPerConnection() {}

    public static void main(String[] arguments) throws Exception {
        int stacks = Integer.parseInt(arguments[0]);
        int atOnce = Integer.parseInt(arguments[1]);
        int all = Integer.parseInt(arguments[2]);
        HeldConnections first = new HeldConnections(stacks);
        first.growTo(2); // loads the classes, the agent's too
        awaitRest(MANY_LOOKS);

        HeldConnections burst = new HeldConnections(stacks);
        long before = used();
        burst.growTo(atOnce);
        System.out.println("figure bytes.at.once " + (double) (used() - before) / atOnce);
        burst.close();
        awaitRest(LOOKS);

        HeldConnections heldConnections = new HeldConnections(stacks);
        heldConnections.growTo(stacks);
        long few = awaitRest(LOOKS);
        heldConnections.growTo(all);
        long many = awaitRest(MANY_LOOKS);
        System.out.println("figure bytes.each " + (double) (many - few) / (all - stacks));
        System.out.println("held " + (first.size() + heldConnections.size()));
    }

    /** Until what is done behind the program is done: looks a second and a half apart find as many bytes. */
    private static long awaitRest(int looks) throws InterruptedException {
        long begun = System.nanoTime();
        long last = used();
        int same = 0;
        while (same < looks && System.nanoTime() - begun < PATIENCE_NANOS) {
            Thread.sleep(1500);
            long now = used();
            same = Math.abs(now - last) < SAME ? same + 1 : 0;
            last = now;
        }
        return last;
    }

    private static long used() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
