// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One line of a terminal's screen, in runs of characters that look alike. A character is one column wide. */
public record ScreenLine(List<Run> runs) {

    private static final Pattern RENDITION = Pattern.compile("\u001b\\[([0-9;]*)m");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Characters that look alike, and the column in which they begin. */
    record Run(int column, String text, AnsiStyle rendition) {}

    /** A line without any rendition. */
    public static ScreenLine of(String text) {
        return new ScreenLine(List.of(new Run(0, text, AnsiStyle.PLAIN)));
    }

    /** The lines of a screen, out of its text with escape sequences, whose effect reaches over the ends of lines. */
    public static List<ScreenLine> parse(String screen) {
        List<ScreenLine> lines = new ArrayList<>();
        AnsiStyle ansiStyle = AnsiStyle.PLAIN;
        for (String line : screen.stripTrailing().split("\n", -1)) {
            List<Run> runs = new ArrayList<>();
            Matcher change = RENDITION.matcher(line);
            int column = 0;
            int from = 0;
            while (change.find()) {
                column = append(runs, column, line.substring(from, change.start()), ansiStyle);
                ansiStyle = ansiStyle.after(change.group(1));
                from = change.end();
            }
            append(runs, column, line.substring(from), ansiStyle);
            lines.add(new ScreenLine(runs));
        }
        return lines;
    }

    private static int append(List<Run> runs, int column, String text, AnsiStyle ansiStyle) {
        if (CONTROL.matcher(text).find()) {
            throw new IllegalArgumentException("more than renditions: " + text);
        }
        if (!text.isEmpty()) {
            runs.add(new Run(column, text, ansiStyle));
        }
        return column + text.length();
    }

    /** What it says. */
    public String text() {
        return runs.stream().map(Run::text).collect(Collectors.joining());
    }
}
