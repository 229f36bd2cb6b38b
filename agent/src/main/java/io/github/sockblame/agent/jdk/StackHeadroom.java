// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

/**
 * Ensures room on the stack for first-time work on a thread of the program.
 *
 * <p>First-time work loads and initializes classes of the agent and of the JDK. If an initialization ends with an
 * error, its class is unusable for good, for the agent and in the worst case for the program. So no work begins that
 * might not finish.
 */
public final class StackHeadroom {

    /**
     * A frame takes about 350 bytes interpreted and 300 compiled, so these are 100 KB. The start of the runtime and a
     * weaving were measured at 55 KB, interpreted, on 17, 25 and 28.
     */
    private static final int FRAMES = 320;

    private StackHeadroom() {}

    /**
     * Returns if there is room. Otherwise it fails as the work itself would, but before the work begins.
     *
     * @throws StackOverflowError if there is no room
     */
    public static void require() {
        long unused = recurse(FRAMES, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    /** Has many parameters, because they take room in compiled frames as well. */
    @SuppressWarnings("TooManyParameters")
    private static long recurse(
            int frames,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n,
            long o,
            long p) {
        return frames == 0 ? a : recurse(frames - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a) + 1;
    }
}
