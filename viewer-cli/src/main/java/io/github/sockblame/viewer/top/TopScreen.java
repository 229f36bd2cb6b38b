// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.text.Ellipsis;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.TextFormat;
import io.github.sockblame.viewer.top.Line.Style;
import io.github.sockblame.viewer.top.Trend.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Draws the model as lines of text that fit into the rows and columns of the screen. */
final class TopScreen {

    private static final int MIN_COLUMNS = 20;
    private static final int MIN_ROWS = 6;

    /** With fewer columns the verdict and the age of a site leave no room for its culprit. */
    private static final int MIN_COLUMNS_FOR_ALL = 70;

    private static final String KEYS = "q quit  Enter explain  c g a sort  / filter  Space freeze  w write  ? help";
    private static final String KEYS_OF_TEXT = "Esc back  Up Down scroll  w write  q quit";

    private static final List<String> NOTES = List.of(
            "",
            "Leaks come first in each order. +/min: openings minus closes in the last minute.",
            "A gap in a line of the last hour: that minute has no report, or no verdicts.");

    private final TopModel model;
    private final Report report;
    private final int columns;
    private final int rows;
    private final boolean blocks;
    private final long nowNanos;
    private final List<Line> lines = new ArrayList<>();

    private TopScreen(TopModel model, int columns, int rows, boolean blocks, long nowNanos) {
        this.model = model;
        this.report = model.report();
        this.columns = columns;
        this.rows = rows;
        this.blocks = blocks;
        this.nowNanos = nowNanos;
    }

    /**
     * The whole screen.
     *
     * @param blocks whether the terminal can show block characters
     */
    static List<Line> of(TopModel model, int columns, int rows, boolean blocks, long nowNanos) {
        return new TopScreen(model, columns, rows, blocks, nowNanos).draw();
    }

    private List<Line> draw() {
        if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
            return rows < 1 ? List.of() : List.of(Line.of(cut("too small")));
        }
        List<Line> bottom = bottom();
        head(rows - bottom.size() - 2);
        int room = rows - bottom.size() - lines.size();
        switch (model.view()) {
            case SITES -> sites(room);
            case SITE -> text(site(), room);
            case HELP -> text(help(), room);
        }
        while (lines.size() < rows - bottom.size()) {
            lines.add(Line.of(""));
        }
        lines.addAll(bottom);
        return lines;
    }

    /** The head of the report and two lines of the last hour, in at most half of the room. */
    private void head(int room) {
        List<Line> head = new ArrayList<>();
        LeaksText.head(report).lines().forEach(line -> {
            for (String part : TextFit.lines(line, columns)) {
                head.add(new Line(part, head.isEmpty() ? Style.TITLE : Style.PLAIN));
            }
        });
        head.add(Line.of(trend("leaked", report.totals().leaked(), Point::leaked)));
        head.add(Line.of(trend("sockets", report.totals().sockets(), Point::sockets)));
        lines.addAll(head.subList(0, Math.min(head.size(), Math.max(1, room / 2))));
    }

    private String trend(String what, int now, Function<Point, @Nullable Integer> figure) {
        Duration span = model.trend().span(report.takenAt());
        String begin = String.format(Locale.ROOT, "%-7s %7s ", what, TextFormat.number(now));
        String end = " last " + TextFormat.duration(span);
        int width = Math.max(1, Math.min(60, columns - begin.length() - end.length()));
        return cut(begin + Sparkline.of(model.trend().values(figure, report.takenAt(), width), blocks) + end);
    }

    private void sites(int room) {
        List<SiteRow> all = model.rows();
        lines.add(new Line(tableHead(), Style.TITLE));
        int visible = room - 1;
        if (all.isEmpty()) {
            String none =
                    report.sites().isEmpty() ? "no sites in this report" : "no site matches '" + model.filter() + "'";
            lines.add(Line.of(cut("  " + none)));
            return;
        }
        int selected = model.selectedIndex(all);
        int first = Math.max(0, Math.min(selected - visible / 2, all.size() - visible));
        for (int i = first; i < Math.min(all.size(), first + visible); i++) {
            Style other = all.get(i).key().isLeak() ? Style.LEAK : Style.PLAIN;
            lines.add(new Line(row(all.get(i), i == selected), i == selected ? Style.SELECTED : other));
        }
    }

    private String tableHead() {
        return cut(
                columns < MIN_COLUMNS_FOR_ALL
                        ? String.format(Locale.ROOT, "  %7s %7s  %s", "count", "+/min", "culprit")
                        : String.format(
                                Locale.ROOT,
                                "  %3s %7s %7s %7s  %-13s %s",
                                "#",
                                "count",
                                "+/min",
                                "oldest",
                                "verdict",
                                "culprit"));
    }

    private String row(SiteRow row, boolean selected) {
        Site site = row.site();
        Long inLastMinute = site.growth();
        String mark = selected ? "> " : "  ";
        String count = TextFormat.number(site.count());
        String growth = inLastMinute == null ? "?" : TextFormat.signed(inLastMinute);
        String begin = columns < MIN_COLUMNS_FOR_ALL
                ? String.format(Locale.ROOT, "%s%7s %7s  ", mark, count, growth)
                : String.format(
                        Locale.ROOT,
                        "%s%3d %7s %7s %7s  %-13s ",
                        mark,
                        site.number(),
                        count,
                        growth,
                        TextFormat.between(site.oldestSince(), report.takenAt()),
                        site.verdict().word());
        return cut(begin + culprit(row, columns - begin.length()));
    }

    private static String culprit(SiteRow row, int room) {
        if (row.culprit() != null) {
            return TextFit.frame(row.culprit(), room);
        }
        return Ellipsis.shorten(row.remote().isEmpty() ? "unknown" : "unknown, " + row.remote(), room);
    }

    private List<String> site() {
        SiteRow row = model.explainedRow();
        return row == null
                ? List.of("This site no longer exists: its connections were closed or have another verdict now.")
                : LeaksText.site(report, row.site()).lines().toList();
    }

    private static List<String> help() {
        List<String> help = new ArrayList<>(KeyBindings.SITES.help());
        help.addAll(NOTES);
        return help;
    }

    private void text(List<String> paragraph, int room) {
        List<String> wrapped = new ArrayList<>();
        for (String line : paragraph) {
            wrapped.addAll(TextFit.lines(line, columns));
        }
        int first = Math.max(0, Math.min(model.scroll(), wrapped.size() - room));
        model.scrollTo(first);
        for (String line : wrapped.subList(first, Math.min(wrapped.size(), first + room))) {
            lines.add(Line.of(line));
        }
    }

    private List<Line> bottom() {
        String failure = model.failure();
        List<Line> bottom = new ArrayList<>();
        if (failure != null) {
            bottom.add(new Line(
                    cut("NO ANSWER for " + TextFormat.duration(model.answerAge(nowNanos))
                            + ", this is the latest report"),
                    Style.WARNING));
            bottom.add(new Line(cut(failure), Style.WARNING));
        } else {
            bottom.add(Line.of(cut(status())));
        }
        bottom.add(Line.of(cut(
                switch (model.typing()) {
                    case FILTER -> "filter: " + model.typed() + "_";
                    case FILE -> "write the report to: " + model.typed() + "_";
                    case NOTHING -> model.message().isEmpty() ? keys() : model.message();
                })));
        return bottom;
    }

    private String keys() {
        return model.view() == TopModel.View.SITES ? KEYS : KEYS_OF_TEXT;
    }

    private String status() {
        Duration age = model.answerAge(nowNanos);
        String text = (model.isFrozen() ? "FROZEN at " + time(report.takenAt()) + "  " : "") + "answered "
                + TextFormat.duration(age) + " ago";
        if (age.compareTo(model.interval().multipliedBy(2).plusSeconds(1)) > 0) {
            text += ", waiting";
        }
        text += "  by " + model.order().word();
        return model.filter().isEmpty() ? text : text + "  filter '" + model.filter() + "'";
    }

    /** A time as in reports: {@code 14:03:22Z}. */
    private static String time(Instant at) {
        String text = Instant.ofEpochSecond(at.getEpochSecond()).toString();
        return text.substring(text.indexOf('T') + 1);
    }

    private String cut(String text) {
        return text.length() <= columns ? text : text.substring(0, columns);
    }
}
