// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

/**
 * Room on the stack for what is done for the first time on a thread of the program.
 *
 * <p>The first time loads and initializes classes, ours and the JDK's, and a class whose initialization ends in an error is
 * unusable for good: for us, and in the worst case for the program. So nothing is begun that might not get to its end.
 */
final class StackHeadroom {

    /**
     * A frame takes some 350 bytes interpreted and 300 compiled, so these are 100 KB. The engine's start and a weaving were measured to
     * take 55 KB, interpreted, on 17, 25 and 28.
     */
    private static final int FRAMES = 320;

    private StackHeadroom() {}

    /**
     * Returns if there is room, else fails as the work itself would, but before it has begun.
     *
     * @throws StackOverflowError if there is none
     */
    static void require() {
        long unused = recurse(FRAMES, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    /** Many parameters, because they take room in compiled frames, too. */
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
