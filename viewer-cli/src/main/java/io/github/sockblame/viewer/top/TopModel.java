// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.viewer.connect.FetchedReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state of the live screen and its reaction to keys. Independent of the terminal and of the connection. */
final class TopModel {

    /** The content of the middle of the screen. */
    enum View {
        SITES,
        SITE,
        HELP
    }

    /** The text that the user is typing. */
    enum Typing {
        NOTHING,
        FILTER,
        FILE
    }

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
    private final LineEditor editor = new LineEditor();
    private String message = "";
    private @Nullable String fileToWrite;
    private final SiteSelection selection = new SiteSelection();
    private int scroll;
    private boolean quit;

    /**
     * Starts with the first report.
     *
     * @param interval the time between two requests
     */
    TopModel(FetchedReport first, Duration interval, long nowNanos) {
        this.interval = interval;
        this.latest = first;
        this.shown = first;
        this.answeredNanos = nowNanos;
        trend.add(first.report());
    }

    /** Handles the result of a request. */
    void onAnswer(PollResult pollResult) {
        FetchedReport fetchedReport = pollResult.report();
        failure = pollResult.failure();
        if (fetchedReport == null) {
            return;
        }
        if (!isSameProgram(latest.report().program(), fetchedReport.report().program())) {
            trend.clear();
            message = "the program was started again";
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

    /** Shows a message at the bottom until the next key. */
    void showMessage(String text) {
        message = text;
    }

    /** Handles a key. */
    void onKey(Key key) {
        message = "";
        if (key.kind() == Key.Kind.INTERRUPT) {
            quit();
        } else if (typing != Typing.NOTHING) {
            edit(key);
        } else {
            act(key);
        }
    }

    private void act(Key key) {
        boolean inText = view != View.SITES;
        Consumer<TopModel> action = (inText ? KeyBindings.TEXT : KeyBindings.SITES).action(key);
        if (action != null) {
            action.accept(this);
        } else if (inText) {
            show(View.SITES);
        } else if (key.kind() == Key.Kind.CHARACTER) {
            message = "unknown key; ? lists the keys";
        }
    }

    private void edit(Key key) {
        switch (key.kind()) {
            case ENTER -> finishEditing();
            case ESCAPE -> {
                filter = typing == Typing.FILTER ? "" : filter;
                typing = Typing.NOTHING;
            }
            default -> editor.onKey(key);
        }
        if (typing == Typing.FILTER) {
            filter = editor.text();
        }
    }

    private void finishEditing() {
        if (typing == Typing.FILE && !editor.text().isBlank()) {
            fileToWrite = editor.text().strip();
        }
        typing = Typing.NOTHING;
    }

    void editFilter() {
        typing = Typing.FILTER;
        editor.start(filter);
    }

    void clearFilter() {
        filter = "";
    }

    void editFile() {
        typing = Typing.FILE;
        editor.start("");
    }

    void sortBy(SortOrder order) {
        sortOrder = order;
    }

    void toggleFrozen() {
        frozen = !frozen;
        if (!frozen) {
            shown = latest;
        }
    }

    void explain() {
        List<SiteRow> rows = rows();
        if (rows.isEmpty()) {
            message = "no site to explain";
        } else {
            selection.move(rows, 0);
            show(View.SITE);
        }
    }

    void showHelp() {
        show(View.HELP);
    }

    private void show(View wanted) {
        view = wanted;
        scroll = 0;
    }

    void moveSelection(int by) {
        selection.move(rows(), by);
    }

    void scrollBy(int lines) {
        scroll = Math.max(0, scroll + lines);
    }

    void quit() {
        quit = true;
    }

    /** The sites that match the filter, in their order. */
    List<SiteRow> rows() {
        return SiteRow.of(report(), sortOrder, filter);
    }

    /** The position of the selected site in these rows; 0 if it is not among them. */
    int selectedIndex(List<SiteRow> rows) {
        return selection.index(rows);
    }

    /** The explained site; null if the report no longer contains it. */
    @Nullable SiteRow explained() {
        return selection.find(SiteRow.of(report(), sortOrder, ""));
    }

    /** The report on the screen. */
    Report report() {
        return shown.report();
    }

    /** The same with its JSON, to be saved if there is no better one. */
    FetchedReport shownReport() {
        return shown;
    }

    /** The file for a report that the user requested, once; null without a request. */
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

    /** The time since the latest report, also while the screen is frozen. */
    Duration answerAge(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - answeredNanos));
    }

    /** The failure of the latest request; null if it was answered. */
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
        return editor.text();
    }

    String message() {
        return message;
    }

    int scroll() {
        return scroll;
    }

    /** Limits the scroll position to the length of the text. */
    void scrollTo(int line) {
        scroll = line;
    }

    boolean isOver() {
        return quit;
    }
}
