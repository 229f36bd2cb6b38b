// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.sockblame.report.Digits;
import io.github.sockblame.report.text.TextStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who reads what is printed: a person at a terminal, or a file or another program.
 *
 * @param in the device of standard input if that is a terminal; else null
 * @param out the device of standard output if that is a terminal; else null
 * @param err the device of standard error if that is a terminal; else null
 * @param environment the variables that say how wide it is and whether colour is wanted
 * @param zone in which moments are told
 */
record Terminal(
        @Nullable Path in, @Nullable Path out, @Nullable Path err, Map<String, String> environment, ZoneId zone) {

    /** Nobody at a terminal, UTC. */
    static final Terminal NONE = new Terminal(null, null, null, Map.of(), ZoneOffset.UTC);

    /** Columns of a terminal that does not tell its width. */
    private static final int USUAL = 120;

    /** {@code System.console()} asks for standard input as well, and from JDK 22 on is never null; so the links are looked at. */
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/[0-9]+|tty[0-9A-Za-z]*|console)");

    static Terminal ofThisProcess() {
        return of(DESCRIPTORS, System.getenv(), ZoneId.systemDefault());
    }

    /** What these descriptors lead to. */
    static Terminal of(Path descriptors, Map<String, String> environment, ZoneId zone) {
        return new Terminal(
                device(descriptors.resolve("0")),
                device(descriptors.resolve("1")),
                device(descriptors.resolve("2")),
                environment,
                zone);
    }

    private static @Nullable Path device(Path descriptor) {
        try {
            Path device = Files.readSymbolicLink(descriptor);
            return DEVICE.matcher(device.toString()).matches() ? device : null;
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** How to print. */
    TextStyle look(boolean colourWanted, boolean wide) {
        return out == null
                ? new TextStyle(false, TextStyle.UNLIMITED, zone)
                : new TextStyle(colourWanted && supportsColour(), wide ? TextStyle.UNLIMITED : columns(out), zone);
    }

    /** Whether somebody sits there who can be asked. */
    boolean canPrompt() {
        return in != null && err != null;
    }

    /** Whether lines on standard error may be taken back. */
    boolean showsProgress() {
        return err != null && !isDumb();
    }

    /** <a href="https://no-color.org">no-color.org</a>: set to anything but nothing, it means no. */
    private boolean supportsColour() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb();
    }

    private boolean isDumb() {
        return environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** A shell keeps COLUMNS to itself, unless somebody exports it: then it is meant. */
    private int columns(Path device) {
        int told = Digits.parse(environment.getOrDefault("COLUMNS", ""), 4, 10);
        if (told <= 0) {
            told = askStty(device);
        }
        return told > 0 ? told : USUAL;
    }

    private static int askStty(Path device) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(device.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return -1;
            }
            String size = new String(stty.getInputStream().readAllBytes(), US_ASCII).strip();
            return Digits.parse(size.substring(size.indexOf(' ') + 1), 4, 10);
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
