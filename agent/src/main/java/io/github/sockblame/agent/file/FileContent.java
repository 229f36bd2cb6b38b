// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a file, written piece by piece, so that it never is in memory as a whole. */
@FunctionalInterface
public interface FileContent {

    /** Writes all of it; the stream is not closed. */
    void writeTo(OutputStream stream) throws IOException;
}
