// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Everything that a process writes into one of its streams, read by a thread of its own so that the process never blocks. */
public final class CapturedStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    public CapturedStream(InputStream in) {
        reader = new Thread(() -> readAll(in), "captured stream");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll(InputStream in) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the process is gone
        }
    }

    /** What was written until now. */
    public String text() {
        return bytes.toString(UTF_8);
    }

    boolean hasLine(String line) {
        String text = text();
        return text.startsWith(line + "\n") || text.contains("\n" + line + "\n");
    }

    /** Everything, after the process ended. */
    public String all() throws InterruptedException {
        reader.join(Await.PATIENCE.toMillis());
        return text();
    }
}
