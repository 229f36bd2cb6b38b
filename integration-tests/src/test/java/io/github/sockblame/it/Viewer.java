// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real viewer, run as its users do: {@code java -jar sockblame.jar}. */
final class Viewer {

    private static final long PATIENCE_SECONDS = 60;

    private final TargetJdk jdk;

    private Viewer(TargetJdk jdk) {
        this.jdk = jdk;
    }

    static Viewer on(TargetJdk jdk) {
        return new Viewer(jdk);
    }

    /** Begins with it, for who wants to see what happens meanwhile. */
    Process start(String... arguments) throws IOException {
        return ForkedProcess.start(command(arguments), Path.of("."), Map.of());
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(jdk.java(), "-jar", Surroundings.viewerJar().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    Output call(String... arguments) throws Exception {
        Process process = start(arguments);
        CapturedStream out = new CapturedStream(process.getInputStream());
        CapturedStream err = new CapturedStream(process.getErrorStream());
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().onExit().join();
            throw new AssertionError("does not end: " + command(arguments) + "\n" + out.text() + err.text());
        }
        return new Output(out.all(), err.all(), process.exitValue());
    }
}
