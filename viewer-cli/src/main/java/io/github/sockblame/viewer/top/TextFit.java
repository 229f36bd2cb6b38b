// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.text.Ellipsis;
import io.github.sockblame.report.text.WrappedText;
import java.util.ArrayList;
import java.util.List;

/** Fits text into columns. */
final class TextFit {

    private TextFit() {}

    /** A frame: if it does not fit without its package, then without the name of its file, and then its beginning and its end. */
    static String frame(Frame frame, int columns) {
        String text = frame.text();
        if (text.length() <= columns) {
            return text;
        }
        int simple = frame.className().lastIndexOf('.') + 1;
        if (text.length() - simple <= columns) {
            return text.substring(simple);
        }
        String place = frame.className().substring(simple) + "." + frame.method();
        return Ellipsis.shorten(frame.line() < 0 ? place : place + ":" + frame.line(), columns);
    }

    /** The text in as many lines as it takes, broken at blanks; only a word longer than a line is broken itself. */
    static List<String> lines(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String line : WrappedText.lines(text, columns)) {
            for (int from = 0; from == 0 || from < line.length(); from += columns) {
                lines.add(line.substring(from, Math.min(line.length(), from + columns)));
            }
        }
        return lines;
    }
}
