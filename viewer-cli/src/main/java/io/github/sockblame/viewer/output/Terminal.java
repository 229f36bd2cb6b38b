// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import io.github.sockblame.report.net.Digits;
import io.github.sockblame.report.text.TextStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of this process: each is a terminal, or a file or another program.
 *
 * @param in the device of standard input if that is a terminal; else null
 * @param out the device of standard output if that is a terminal; else null
 * @param err the device of standard error if that is a terminal; else null
 * @param environment the variables, among them the ones for width and colour
 * @param zone the time zone of printed times
 */
public record Terminal(
        @Nullable Path in, @Nullable Path out, @Nullable Path err, Map<String, String> environment, ZoneId zone) {

    /** No terminal, and UTC. */
    public static final Terminal NONE = new Terminal(null, null, null, Map.of(), ZoneOffset.UTC);

    /** Columns of a terminal whose width is unavailable. */
    private static final int DEFAULT_COLUMNS = 120;

    private static final Duration STTY_TIMEOUT = Duration.ofSeconds(1);

    /** {@code System.console()} also requires a terminal as standard input, and from JDK 22 on it is never null. So this class reads the links. */
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/[0-9]+|tty[0-9A-Za-z]*|console)");

    public static Terminal ofThisProcess() {
        return of(DESCRIPTORS, System.getenv(), ZoneId.systemDefault());
    }

    /** The terminal behind these descriptors. */
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

    /** The style for standard output. */
    TextStyle textStyle(boolean colourWanted, boolean wide) {
        return out == null
                ? new TextStyle(false, TextStyle.UNLIMITED, zone)
                : new TextStyle(colourWanted && supportsColour(), wide ? TextStyle.UNLIMITED : columns(out), zone);
    }

    /** Returns whether a user at a terminal can answer a prompt. */
    public boolean canPrompt() {
        return in != null && err != null;
    }

    /** Returns whether lines on standard error can be cleared. */
    public boolean showsProgress() {
        return err != null && !isDumb();
    }

    /** <a href="https://no-color.org">no-color.org</a>: any value except an empty one turns colour off. */
    private boolean supportsColour() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb();
    }

    private boolean isDumb() {
        return environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Shells do not export COLUMNS by default. An exported value is a wish of the user, so it comes first. */
    private int columns(Path device) {
        int columns = Digits.parse(environment.getOrDefault("COLUMNS", ""), 4, 10);
        if (columns <= 0) {
            columns = columnsByStty(device);
        }
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    private static int columnsByStty(Path device) {
        String size = Stty.run(ProcessBuilder.Redirect.from(device.toFile()), STTY_TIMEOUT, "size");
        return Digits.parse(size.substring(size.indexOf(' ') + 1), 4, 10);
    }
}
