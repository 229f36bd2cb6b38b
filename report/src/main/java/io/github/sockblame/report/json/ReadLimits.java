// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.Report;

/**
 * The largest JSON that is read with a heap of this size.
 *
 * <p>The size in bytes does not bound the memory for the tree: five tokens of <code>{"a":{}}</code> have 8 bytes, and
 * their nodes have 280.
 *
 * @param heapBytes the largest heap of the JVM
 * @param bytes the largest size of the text
 * @param tokens the largest number of tokens: names, values, and both ends of objects and arrays
 */
record ReadLimits(long heapBytes, long bytes, long tokens) {

    /** A token takes at most 67 bytes of heap, in objects that contain one object each. The records need the rest. */
    private static final long HEAP_BYTES_OF_TOKEN = 100;

    /** The text is in memory up to three times: as bytes, as a String, and as the strings of the tree. */
    private static final long HEAP_BYTES_OF_BYTE = 4;

    /** Reports have at least this number of bytes for each token: those of tests have 7, the frames of a stack have 4. */
    private static final long TEXT_BYTES_OF_TOKEN = 4;

    static ReadLimits ofThisJvm() {
        return of(Runtime.getRuntime().maxMemory());
    }

    static ReadLimits of(long heapBytes) {
        return new ReadLimits(
                heapBytes,
                Math.min(Report.MAX_JSON_BYTES, heapBytes / HEAP_BYTES_OF_BYTE),
                Math.min(Report.MAX_JSON_BYTES / TEXT_BYTES_OF_TOKEN, heapBytes / HEAP_BYTES_OF_TOKEN));
    }

    /** The refusal of a larger text, in words that follow "is" or "answered with". */
    String refusal() {
        boolean boundByHeap = bytes < Report.MAX_JSON_BYTES || tokens < Report.MAX_JSON_BYTES / TEXT_BYTES_OF_TOKEN;
        String most = megabytes(bytes) + " or " + tokens + " JSON tokens";
        return boundByHeap
                ? "too large: a heap of " + megabytes(heapBytes) + " is enough for a report of " + most
                        + "; set a larger heap, for example -Xmx4g"
                : "too large: no report has more than " + most;
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}
