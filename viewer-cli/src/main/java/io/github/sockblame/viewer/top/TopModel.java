// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.diff.SiteIdentity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to show, and what the keys have made of it. Knows no terminal and asks nobody. */
final class TopModel {

    /** What the middle of the screen shows. */
    enum View {
        SITES,
        SITE,
        HELP
    }

    /** What the keys are typing, if anything. */
    enum Typing {
        NOTHING,
        FILTER,
        FILE
    }

    private static final int PAGE = 10;

    private final Duration interval;
    private final Trend trend = new Trend();
    private FetchedReport latest;
    private FetchedReport shown;
    private long answeredNanos;
    private @Nullable String failure;
    private boolean frozen;
    private SortOrder sortOrder = SortOrder.GROWTH;
    private String filter = "";
    private View view = View.SITES;
    private Typing typing = Typing.NOTHING;
    private String typed = "";
    private String message = "";
    private @Nullable String fileToWrite;
    private @Nullable SiteIdentity selected;
    private int scroll;
    private boolean quit;

    /**
     * Begins with the first answer.
     *
     * @param interval how often the target is asked, to be told
     */
    TopModel(FetchedReport first, Duration interval, long nowNanos) {
        this.interval = interval;
        this.latest = first;
        this.shown = first;
        this.answeredNanos = nowNanos;
        trend.add(first.report());
    }

    /** An answer has come. */
    void onAnswer(PollResult pollResult) {
        FetchedReport fetchedReport = pollResult.reading();
        failure = pollResult.failure();
        if (fetchedReport == null) {
            return;
        }
        if (!isSameProgram(latest.report().program(), fetchedReport.report().program())) {
            trend.clear();
            message = "another program answers now: it was started anew";
        }
        latest = fetchedReport;
        answeredNanos = pollResult.nanos();
        trend.add(fetchedReport.report());
        if (!frozen) {
            shown = fetchedReport;
        }
    }

    private static boolean isSameProgram(Program one, Program other) {
        return one.pid() == other.pid() && one.startedAt().equals(other.startedAt());
    }

    /** Something to be told at the bottom until the next key. */
    void showMessage(String text) {
        message = text;
    }

    /** A key was pressed. */
    void onKey(Key key) {
        message = "";
        if (key.kind() == Key.Kind.INTERRUPT) {
            quit = true;
        } else if (typing != Typing.NOTHING) {
            type(key);
        } else if (view == View.SITES) {
            command(key);
        } else {
            read(key);
        }
    }

    private void type(Key key) {
        switch (key.kind()) {
            case ENTER -> finishTyping();
            case ESCAPE -> {
                filter = typing == Typing.FILTER ? "" : filter;
                typing = Typing.NOTHING;
            }
            case BACKSPACE -> typed = typed.isEmpty() ? typed : typed.substring(0, typed.length() - 1);
            case CHARACTER -> typed += key.character();
            default -> {}
        }
        if (typing == Typing.FILTER) {
            filter = typed;
        }
    }

    private void finishTyping() {
        if (typing == Typing.FILE && !typed.isBlank()) {
            fileToWrite = typed.strip();
        }
        typing = Typing.NOTHING;
    }

    private void beginTyping(Typing what, String beginning) {
        typing = what;
        typed = beginning;
    }

    private void command(Key key) {
        switch (key.kind()) {
            case UP -> move(-1);
            case DOWN -> move(1);
            case PAGE_UP -> move(-PAGE);
            case PAGE_DOWN -> move(PAGE);
            case ENTER -> explain();
            case ESCAPE -> filter = "";
            case CHARACTER -> commandOf(key.character());
            default -> {}
        }
    }

    private void commandOf(char character) {
        switch (character) {
            case 'q' -> quit = true;
            case 'c' -> sortOrder = SortOrder.COUNT;
            case 'g' -> sortOrder = SortOrder.GROWTH;
            case 'a' -> sortOrder = SortOrder.AGE;
            case 'k' -> move(-1);
            case 'j' -> move(1);
            case ' ' -> freeze();
            case '/' -> beginTyping(Typing.FILTER, filter);
            case 'w' -> beginTyping(Typing.FILE, "");
            case '?', 'h' -> show(View.HELP);
            default -> message = "no such key; ? tells which there are";
        }
    }

    private void freeze() {
        frozen = !frozen;
        if (!frozen) {
            shown = latest;
        }
    }

    private void explain() {
        SiteRow row = selectedRow();
        if (row == null) {
            message = "there is no site to explain";
        } else {
            selected = row.key();
            show(View.SITE);
        }
    }

    private void show(View wanted) {
        view = wanted;
        scroll = 0;
    }

    /** A key while a text is read. */
    private void read(Key key) {
        switch (key.kind()) {
            case UP -> scroll = Math.max(0, scroll - 1);
            case DOWN -> scroll++;
            case PAGE_UP -> scroll = Math.max(0, scroll - PAGE);
            case PAGE_DOWN -> scroll += PAGE;
            case CHARACTER -> {
                switch (key.character()) {
                    case 'q' -> quit = true;
                    case 'k' -> scroll = Math.max(0, scroll - 1);
                    case 'j' -> scroll++;
                    case ' ' -> freeze();
                    case 'w' -> beginTyping(Typing.FILE, "");
                    default -> show(View.SITES);
                }
            }
            default -> show(View.SITES);
        }
    }

    private void move(int by) {
        List<SiteRow> rows = rows();
        if (!rows.isEmpty()) {
            int to = Math.min(rows.size() - 1, Math.max(0, selectedIndex(rows) + by));
            selected = rows.get(to).key();
        }
    }

    /** The sites in their order, without those that are filtered out. */
    List<SiteRow> rows() {
        return SiteRow.of(report(), sortOrder, filter);
    }

    /** Where the selected site stands among these; 0 if it is not there any more. */
    int selectedIndex(List<SiteRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(selected)) {
                return i;
            }
        }
        return 0;
    }

    private @Nullable SiteRow selectedRow() {
        List<SiteRow> rows = rows();
        return rows.isEmpty() ? null : rows.get(selectedIndex(rows));
    }

    /** The site that is explained; null if it is not there any more. */
    @Nullable SiteRow explained() {
        return SiteRow.of(report(), sortOrder, "").stream()
                .filter(row -> row.key().equals(selected))
                .findFirst()
                .orElse(null);
    }

    /** The report that is shown. */
    Report report() {
        return shown.report();
    }

    /** The same as it came, to be saved if there is no better. */
    FetchedReport reading() {
        return shown;
    }

    /** The file that the user wants a report in, once; null if there is none. */
    @Nullable String takeFileToWrite() {
        String file = fileToWrite;
        fileToWrite = null;
        return file;
    }

    Trend trend() {
        return trend;
    }

    Duration interval() {
        return interval;
    }

    /** How long ago the latest answer came, frozen or not. */
    Duration answerAge(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - answeredNanos));
    }

    /** Why the latest question was not answered; null if it was. */
    @Nullable String failure() {
        return failure;
    }

    boolean isFrozen() {
        return frozen;
    }

    SortOrder order() {
        return sortOrder;
    }

    String filter() {
        return filter;
    }

    View view() {
        return view;
    }

    Typing typing() {
        return typing;
    }

    String typed() {
        return typed;
    }

    String message() {
        return message;
    }

    int scroll() {
        return scroll;
    }

    /** As far as there is text to scroll. */
    void scrollTo(int line) {
        scroll = line;
    }

    boolean isOver() {
        return quit;
    }
}
