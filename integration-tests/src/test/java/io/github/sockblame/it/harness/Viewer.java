// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real viewer, run as its users do: {@code java -jar sockblame.jar}, or the file {@code sockblame}. */
public final class Viewer {

    private static final long PATIENCE_SECONDS = 60;

    private final List<String> command;
    private final Map<String, String> variables;

    private Viewer(List<String> command, Map<String, String> variables) {
        this.command = command;
        this.variables = variables;
    }

    /** On this JDK; for a runtime image that cannot attach, on the JDK of the tests. */
    public static Viewer on(TargetJdk jdk) {
        TargetJdk own = jdk.canAttach() ? jdk : TargetJdk.ofThisJvm();
        return new Viewer(
                List.of(own.java(), "-jar", TestEnvironment.viewerJar().toString()), Map.of());
    }

    /** The file, and who else is to run it, with these variables in the environment. */
    public static Viewer run(Map<String, String> variables, String... command) {
        return new Viewer(List.of(command), variables);
    }

    /** Begins with it, for who wants to see what happens meanwhile. */
    public Process start(String... arguments) throws IOException {
        return ForkedProcess.start(with(arguments), Path.of("."), variables);
    }

    private List<String> with(String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        return whole;
    }

    public Output call(String... arguments) throws Exception {
        Process process = start(arguments);
        CapturedStream out = new CapturedStream(process.getInputStream());
        CapturedStream err = new CapturedStream(process.getErrorStream());
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().onExit().join();
            throw new AssertionError("does not end: " + with(arguments) + "\n" + out.text() + err.text());
        }
        return new Output(out.all(), err.all(), process.exitValue());
    }
}
