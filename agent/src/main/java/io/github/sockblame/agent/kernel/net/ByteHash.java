// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

/** A 64-bit hash of a range of bytes: FNV-1a. */
final class ByteHash {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private ByteHash() {}

    static long of(byte[] bytes, int from, int to) {
        long hash = BASIS;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        return hash;
    }
}
