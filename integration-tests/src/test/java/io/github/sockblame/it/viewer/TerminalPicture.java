// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A terminal's screen as SVG: a window with the command in its title bar. It brings its own background, asks for nothing from elsewhere, and
 * tells each run of text how long it is, so that columns stay below one another in any font (SVG 2, {@code textLength}).
 */
public final class TerminalPicture {

    private static final int CELL = 8;
    private static final int LINE = 17;
    private static final int MARGIN = 16;
    private static final int BAR = 34;

    /** From the top of a line to the line on which its letters stand. */
    private static final int ASCENT = 13;

    /** The lower eighths of a cell, up to the whole of it: drawn as boxes, since fonts differ about them. */
    private static final char FIRST_BLOCK = '\u2581';

    private static final char LAST_BLOCK = '\u2588';

    private static final String STYLE = """
            <style>
            text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: #e6edf3; white-space: pre }
            rect { fill: #e6edf3 }
            .window { fill: #0d1117; stroke: #3d444d }
            .bar { fill: #21262d }
            .bold { font-weight: bold }
            .dim { fill: #9198a1 }
            .red { fill: #ff7b72 }
            .yellow { fill: #e3b341 }
            .on { fill: #0d1117 }
            </style>
            """;

    private final StringBuilder out = new StringBuilder();
    private final String command;
    private final String meaning;
    private final int columns;

    private TerminalPicture(String command, String meaning, int columns) {
        this.command = command;
        this.meaning = meaning;
        this.columns = columns;
    }

    /**
     * The whole picture.
     *
     * @param command what was typed, for the title bar
     * @param meaning what is to be seen, for who cannot see it
     */
    public static String of(String command, String meaning, int columns, List<ScreenLine> screen) {
        TerminalPicture picture = new TerminalPicture(command, meaning, columns);
        picture.window(screen.size());
        int top = BAR + MARGIN / 2;
        for (ScreenLine line : screen) {
            picture.line(line, top);
            top += LINE;
        }
        return picture.out.append("</svg>\n").toString();
    }

    /** What the lines of a picture say, its title bar apart; blocks are no text. */
    public static List<String> linesOf(Path picture) throws IOException {
        NodeList lines = parse(picture).getElementsByTagName("g");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < lines.getLength(); i++) {
            texts.add(lines.item(i).getTextContent());
        }
        return texts;
    }

    private static Document parse(Path picture) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(picture + " is not well-formed", e);
        }
    }

    private void window(int lines) {
        int width = columns * CELL + 2 * MARGIN;
        int height = BAR + MARGIN + lines * LINE;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                .formatted(width, height, width, height));
        out.append(" role=\"img\" aria-labelledby=\"title desc\" xml:space=\"preserve\">\n");
        out.append("<title id=\"title\">").append(escape(command)).append("</title>\n");
        out.append("<desc id=\"desc\">")
                .append(escape(meaning))
                .append("</desc>\n")
                .append(STYLE);
        out.append("<rect class=\"window\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"9\"/>\n"
                .formatted(width - 1, height - 1));
        out.append("<path class=\"bar\" d=\"M1 %d V10 A9 9 0 0 1 10 1 H%d A9 9 0 0 1 %d 10 V%d Z\"/>\n"
                .formatted(BAR - 4, width - 10, width - 1, BAR - 4));
        text(new ScreenLine.Run(0, "$ " + command, AnsiStyle.PLAIN), (BAR - 4 - LINE) / 2);
        out.append('\n');
    }

    private void line(ScreenLine line, int top) {
        out.append("<g>");
        boolean begun = false;
        for (ScreenLine.Run run : line.runs()) {
            begun |= !run.text().isBlank() || run.rendition().inverse();
            if (begun) {
                run(run, top);
            }
        }
        out.append("</g>\n");
    }

    /** Text, and between it blocks. */
    private void run(ScreenLine.Run run, int top) {
        if (run.rendition().inverse()) {
            box(run.column(), run.text().length(), top, LINE);
        }
        String text = run.text();
        int end;
        for (int begin = 0; begin < text.length(); begin = end) {
            char first = text.charAt(begin);
            end = begin + 1;
            while (end < text.length() && (isBlock(first) ? text.charAt(end) == first : !isBlock(text.charAt(end)))) {
                end++;
            }
            if (isBlock(first)) {
                int height = LINE * (first - FIRST_BLOCK + 1) / (LAST_BLOCK - FIRST_BLOCK + 2); // lines stay apart
                box(run.column() + begin, end - begin, top + LINE - height, height);
            } else {
                text(new ScreenLine.Run(run.column() + begin, text.substring(begin, end), run.rendition()), top);
            }
        }
    }

    private static boolean isBlock(char character) {
        return character >= FIRST_BLOCK && character <= LAST_BLOCK;
    }

    private void box(int column, int width, int top, int height) {
        out.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                .formatted(MARGIN + column * CELL, top, width * CELL, height));
    }

    private void text(ScreenLine.Run run, int top) {
        String text = run.text();
        String look = look(run.rendition());
        out.append("<text x=\"%d\" y=\"%d\" textLength=\"%d\""
                .formatted(MARGIN + run.column() * CELL, top + ASCENT, text.length() * CELL));
        out.append(look.isEmpty() ? ">" : " class=\"" + look + "\">");
        out.append(escape(text)).append("</text>");
    }

    private static String look(AnsiStyle ansiStyle) {
        List<String> classes = new ArrayList<>();
        if (ansiStyle.bold()) {
            classes.add("bold");
        }
        if (ansiStyle.inverse()) {
            classes.add("on");
        } else {
            switch (ansiStyle.colour()) {
                case RED -> classes.add("red");
                case YELLOW -> classes.add("yellow");
                case DEFAULT -> {
                    if (ansiStyle.dim()) {
                        classes.add("dim");
                    }
                }
            }
        }
        return String.join(" ", classes);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
