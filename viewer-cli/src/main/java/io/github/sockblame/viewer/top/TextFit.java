// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.text.Ellipsis;
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

    /** The text in as many lines as it takes, broken at spaces where there are any. */
    static List<String> lines(String text, int columns) {
        List<String> lines = new ArrayList<>();
        int indent = text.length() - text.stripLeading().length();
        String rest = text;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            int end = space > indent ? space : columns;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = " ".repeat(Math.min(indent, columns / 2))
                    + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
