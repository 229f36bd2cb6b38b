// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.ForkedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real terminal with a shell in it, made by tmux: keys go in, and what stands on the screen can be read. Has a server of its own. */
public final class Tmux implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String server = "sockblame-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();

    private Tmux() {}

    /** Begins with a shell. */
    public static Tmux start(int columns, int rows) throws Exception {
        Tmux tmux = new Tmux();
        // a size that is its own: nobody looks at it whose terminal could tell one
        tmux.run("-u", "-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, "sh");
        return tmux;
    }

    /** Types this text. */
    public void type(String text) throws Exception {
        run("send-keys", "-l", text);
    }

    /** Presses a key by tmux's name for it: {@code Enter}, {@code Escape}, {@code Down}, {@code C-c}. */
    void press(String key) throws Exception {
        run("send-keys", key);
    }

    public void command(String line) throws Exception {
        type(line);
        press("Enter");
    }

    void resize(int columns, int rows) throws Exception {
        run("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /** What stands there now. */
    public String screen() throws Exception {
        return run("capture-pane", "-p");
    }

    /** The same with the escape sequences that make its colours (ECMA-48, select graphic rendition). */
    public String colouredScreen() throws Exception {
        return run("capture-pane", "-e", "-p");
    }

    /** Waits until all of these stand there. */
    public String await(String... parts) throws Exception {
        try {
            Await.until("on the terminal", () -> has(parts));
        } catch (AssertionError e) {
            throw new AssertionError("not on the terminal: " + List.of(parts) + "\n" + screen(), e);
        }
        return screen();
    }

    private boolean has(String... parts) throws Exception {
        String screen = screen();
        return Arrays.stream(parts).allMatch(screen::contains);
    }

    /** The program that the shell runs in the foreground. */
    ProcessHandle foreground() throws Exception {
        long shell = Long.parseLong(run("list-panes", "-F", "#{pane_pid}").strip());
        return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
    }

    private String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", server));
        command.addAll(List.of(arguments));
        Process process = ForkedProcess.start(
                command, Path.of("."), Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm", "NO_COLOR", ""));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(command + ": " + out + err);
        }
        return out;
    }

    @Override
    public void close() {
        try {
            String unused = run("kill-server");
        } catch (Exception e) {
            throw new AssertionError("cannot end the terminal", e);
        }
    }
}
