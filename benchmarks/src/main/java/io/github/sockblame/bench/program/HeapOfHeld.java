// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

/**
 * Tells how many bytes the heap holds after a collection: with some sockets at once after they were opened, with as many as there are stacks, and
 * with all. What one more socket costs is the difference of the last two; the stacks are in both.
 *
 * <p>Arguments: stacks, sockets at once, sockets in the end.
 */
public final class HeapOfHeld {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** Two looks that differ by less are the same. */
    private static final long SAME = 16 << 10;

    private HeapOfHeld() {}

    public static void main(String[] arguments) throws Exception {
        int stacks = Integer.parseInt(arguments[0]);
        int atOnce = Integer.parseInt(arguments[1]);
        int all = Integer.parseInt(arguments[2]);
        Held first = new Held(stacks);
        first.growTo(2); // loads the classes, the agent's too
        awaitRest();

        Held burst = new Held(stacks);
        long before = used();
        burst.growTo(atOnce);
        System.out.println("figure bytes.at.once " + (double) (used() - before) / atOnce);
        burst.close();
        awaitRest();

        Held held = new Held(stacks);
        held.growTo(stacks);
        long few = awaitRest();
        held.growTo(all);
        long many = awaitRest();
        System.out.println("figure bytes.each " + (double) (many - few) / (all - stacks));
        System.out.println("held " + (first.size() + held.size()));
    }

    /** Until what is done behind the program is done: two looks a second and a half apart find as many bytes. */
    private static long awaitRest() throws InterruptedException {
        long begun = System.nanoTime();
        long last = used();
        while (true) {
            Thread.sleep(1500); // more than a round of whoever works beside
            long now = used();
            if (Math.abs(now - last) < SAME || System.nanoTime() - begun > PATIENCE_NANOS) {
                return now;
            }
            last = now;
        }
    }

    private static long used() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
