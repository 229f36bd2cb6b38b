// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * The terminal, through JLine: the whole screen is ours until {@link #close}, which gives it back as it was, also when the JVM is ended from
 * outside.
 */
final class TopTerminal implements AutoCloseable {

    /** What is given to a key that is being read, before the terminal is taken away from it. */
    private static final long FAREWELL_MILLIS = 1000;

    private final Terminal terminal;
    private final boolean colors;
    private final KeyDecoder keyDecoder;
    private final Display display;
    private final Thread closer = new Thread(this::restoreAtExit, "sockblame-terminal");
    private final CountDownLatch left = new CountDownLatch(1);
    private @Nullable String before;
    private volatile boolean resized = true;
    private volatile boolean interrupted;
    private int columns;
    private int rows;

    private TopTerminal(boolean colors) throws IOException {
        this.colors = colors;
        this.terminal = build(true, this::raised);
        this.display = new Display(terminal, true);
        NonBlockingReader reader = terminal.reader();
        this.keyDecoder = new KeyDecoder(millis -> {
            int c = reader.read(millis);
            return c == NonBlockingReader.READ_EXPIRED ? KeyDecoder.NOTHING : c;
        });
    }

    /**
     * Says if this JVM was not started from a terminal on which a screen can be drawn.
     *
     * @param otherwise what to do if it was not
     */
    static void check(String otherwise) throws CannotAnswerException {
        try (Terminal terminal = build(false, Terminal.SignalHandler.SIG_DFL)) {
            if (terminal.getStringCapability(Capability.cursor_address) == null) {
                throw noTerminal(otherwise, null);
            }
        } catch (IOException | IllegalStateException e) {
            throw noTerminal(otherwise, e);
        }
    }

    private static CannotAnswerException noTerminal(String otherwise, @Nullable Exception why) {
        return new CannotAnswerException("this is no terminal on which a screen could be drawn", otherwise, why);
    }

    /** By stty alone (provider "exec"): no native library, which a JDK of 24 or later would warn of. */
    private static Terminal build(boolean signals, Terminal.SignalHandler handler) throws IOException {
        return TerminalBuilder.builder()
                .name("sockblame")
                .system(true)
                .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                .dumb(false)
                .nativeSignals(signals)
                .signalHandler(handler)
                .graphemeCluster(false) // it would ask the terminal, and read what is typed meanwhile
                .build();
    }

    /** Takes the whole screen of the terminal that this JVM was started from. */
    static TopTerminal open(boolean colors) throws IOException {
        TopTerminal opened = new TopTerminal(colors);
        opened.begin();
        return opened;
    }

    private void begin() {
        Runtime.getRuntime().addShutdownHook(closer);
        before = stty("-g");
        Attributes unused = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false); // else Ctrl-Z would leave a screen that nobody restores
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Signals from outside; Ctrl-C and Ctrl-Z are keys here. */
    private void raised(Terminal.Signal signal) {
        if (signal == Terminal.Signal.INT) {
            interrupted = true;
        }
        resized = true; // WINCH, or CONT after whoever drew meanwhile
    }

    /** The next key; null if none was pressed in time. */
    @Nullable Key key(long millis) throws IOException {
        return interrupted ? Key.of(Key.Kind.INTERRUPT) : keyDecoder.next(millis);
    }

    /** Looks anew how large it is, if it was resized. */
    private void measure() {
        if (resized) {
            resized = false;
            Size size = terminal.getSize();
            columns = size.getColumns();
            rows = size.getRows();
            display.resize(size);
            display.clear();
        }
    }

    int columns() {
        measure();
        return columns;
    }

    int rows() {
        measure();
        return rows;
    }

    /** Whether it can show block characters. */
    boolean hasBlocks() {
        return terminal.encoding().equals(UTF_8);
    }

    /** Unless the screen was given back already, because the JVM ends. */
    synchronized void draw(List<Line> lines) {
        if (before == null) {
            return;
        }
        List<AttributedString> drawn = new ArrayList<>();
        for (Line line : lines) {
            drawn.add(new AttributedString(line.text(), style(line.style())).columnSubSequence(0, columns));
        }
        display.update(drawn, 0);
    }

    private AttributedStyle style(Line.Style style) {
        if (!colors) {
            return AttributedStyle.DEFAULT;
        }
        return switch (style) {
            case PLAIN -> AttributedStyle.DEFAULT;
            case TITLE -> AttributedStyle.BOLD;
            case SELECTED -> AttributedStyle.INVERSE;
            case LEAK -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
            case WARNING -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
        };
    }

    /** Gives the screen back as it was; once. Not by JLine, which may be closing by itself at this moment. */
    private synchronized void restore() {
        String as = before;
        before = null;
        if (as != null) {
            System.out.print(sequence(Capability.cursor_visible) + sequence(Capability.exit_ca_mode));
            System.out.flush();
            String unused = stty(as);
        }
    }

    private String sequence(Capability capability) {
        String sequence = Curses.tputs(terminal.getStringCapability(capability));
        return sequence == null ? "" : sequence;
    }

    /** The JVM is ended from outside. Whoever reads keys sets the modes of the terminal to do so, and has to leave it first. */
    private void restoreAtExit() {
        interrupted = true;
        try {
            boolean unused = left.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // then without waiting
        }
        restore();
    }

    /** What stty says; empty if it cannot be run. */
    private static String stty(String argument) {
        try {
            Process process = new ProcessBuilder("stty", argument)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        try {
            terminal.close(); // first: it sets modes, too, and those that stty has kept are exact
        } finally {
            restore();
            left.countDown();
        }
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // the JVM ends already
        }
    }
}
