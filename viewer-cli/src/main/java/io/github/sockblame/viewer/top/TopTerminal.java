// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.output.Stty;
import java.io.IOException;
import java.time.Duration;
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
 * The terminal, through JLine. The viewer owns the whole screen until {@link #close}, which restores the terminal. A signal that ends the
 * JVM restores it as well.
 */
final class TopTerminal implements AutoCloseable {

    /** The time for a pending read of a key to end, before the terminal is restored. */
    private static final long READ_END_MILLIS = 1000;

    private static final Duration STTY_TIMEOUT = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final boolean colors;
    private final KeyDecoder keyDecoder;
    private final Display display;
    private final Thread closer = new Thread(this::restoreAtExit, "sockblame-terminal");
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable String savedModes;
    private volatile boolean resized = true;
    private volatile boolean interrupted;
    private int columns;
    private int rows;

    private TopTerminal(boolean colors) throws IOException {
        this.colors = colors;
        this.terminal = build(true, this::onSignal);
        this.display = new Display(terminal, true);
        NonBlockingReader reader = terminal.reader();
        this.keyDecoder = new KeyDecoder(millis -> {
            int c = reader.read(millis);
            return c == NonBlockingReader.READ_EXPIRED ? KeyDecoder.NOTHING : c;
        });
    }

    /**
     * Checks that this JVM was started from a terminal that can show a screen.
     *
     * @param otherwise the advice for the user, if it was not
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
        return new CannotAnswerException("there is no terminal that can show a live screen", otherwise, why);
    }

    /** Uses only stty (provider "exec"), because JDK 24 and later warn about native libraries. */
    private static Terminal build(boolean signals, Terminal.SignalHandler handler) throws IOException {
        return TerminalBuilder.builder()
                .name("sockblame")
                .system(true)
                .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                .dumb(false)
                .nativeSignals(signals)
                .signalHandler(handler)
                .graphemeCluster(false) // it would query the terminal, and read typed keys as the reply
                .build();
    }

    /** Opens the whole screen of the terminal that this JVM was started from. */
    static TopTerminal open(boolean colors) throws IOException {
        TopTerminal opened = new TopTerminal(colors);
        opened.enterScreen();
        return opened;
    }

    private void enterScreen() {
        Runtime.getRuntime().addShutdownHook(closer);
        savedModes = stty("-g");
        Attributes unused = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false); // else Ctrl-Z would leave the screen unrestored
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Signals from outside; Ctrl-C and Ctrl-Z are keys here. */
    private void onSignal(Terminal.Signal signal) {
        if (signal == Terminal.Signal.INT) {
            interrupted = true;
        }
        resized = true; // WINCH, or CONT after another program used the terminal
    }

    /** The next key; null if none was pressed in time. */
    @Nullable Key readKey(long millis) throws IOException {
        return interrupted ? Key.of(Key.Kind.INTERRUPT) : keyDecoder.next(millis);
    }

    /** Reads the size of the terminal again after a change. */
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

    /** Draws nothing after the screen is restored, which happens when the JVM ends. */
    synchronized void draw(List<Line> lines) {
        if (savedModes == null) {
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

    /** Restores the screen, once. It does not use JLine, because JLine may be closing at this moment. */
    private synchronized void restore() {
        String modes = savedModes;
        savedModes = null;
        if (modes != null) {
            System.out.print(sequence(Capability.cursor_visible) + sequence(Capability.exit_ca_mode));
            System.out.flush();
            String unused = stty(modes);
        }
    }

    private String sequence(Capability capability) {
        String sequence = Curses.tputs(terminal.getStringCapability(capability));
        return sequence == null ? "" : sequence;
    }

    /** Restores the screen when a signal ends the JVM. The thread that reads keys also sets modes of the terminal, so it has to leave first. */
    private void restoreAtExit() {
        interrupted = true;
        try {
            boolean unused = closed.await(READ_END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // restore without waiting
        }
        restore();
    }

    /** The output of stty; empty if it fails. */
    private static String stty(String argument) {
        return Stty.run(ProcessBuilder.Redirect.INHERIT, STTY_TIMEOUT, argument);
    }

    @Override
    public void close() throws IOException {
        try {
            terminal.close(); // first, because it sets modes too; the modes from stty are exact
        } finally {
            restore();
            closed.countDown();
        }
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // the JVM ends already
        }
    }
}
