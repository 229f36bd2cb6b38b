// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.ArrayList;
import java.util.List;

/** The rows under their headings, at most 120 columns wide; longer text continues on the next line. */
public final class Table {

    private static final String[] HEADINGS = {"what", "target", "median", "min..max", "beside it", ""};
    private static final int[] WIDTHS = {38, 11, 10, 18, 28, 9};

    private Table() {}

    /** The lines, the headings first. */
    public static List<String> lines(List<Row> rows) {
        List<String> lines = new ArrayList<>(lines(HEADINGS));
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < WIDTHS.length; i++) {
            rule.append(i == 0 ? "" : " ").append("-".repeat(WIDTHS[i]));
        }
        lines.add(rule.toString());
        for (Row row : rows) {
            lines.addAll(lines(
                    row.what(),
                    row.target(),
                    row.result(),
                    row.spread(),
                    row.beside(),
                    row.outcome().word()));
        }
        return lines;
    }

    private static List<String> lines(String... cells) {
        List<List<String>> folded = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < cells.length; i++) {
            List<String> cell = fold(cells[i], WIDTHS[i]);
            folded.add(cell);
            height = Math.max(height, cell.size());
        }
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                String part = line < folded.get(i).size() ? folded.get(i).get(line) : "";
                text.append(i == 0 ? "" : " ").append(part).append(" ".repeat(WIDTHS[i] - part.length()));
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    /** Breaks at blanks, and within a word that is too long by itself. */
    private static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
