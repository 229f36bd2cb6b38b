// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs the command {@code stty}, which reads and sets the modes of a terminal without a native library. */
public final class Stty {

    private Stty() {}

    /**
     * Runs it.
     *
     * @param terminal standard input of the command
     * @param timeout the maximum time for the command
     * @return its output; empty if it fails
     */
    public static String run(Redirect terminal, Duration timeout, String argument) {
        try {
            Process process = new ProcessBuilder("stty", argument)
                    .redirectInput(terminal)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
