// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM to be started, with a scenario as its program. */
final class TargetJvm {

    private static final String SCENARIOS = "io.github.sockblame.it.scenario.";

    private final TargetJdk jdk;
    private final String scenario;
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private boolean watched;

    private TargetJvm(TargetJdk jdk, String scenario) {
        this.jdk = jdk;
        this.scenario = scenario;
        classPath.add(Surroundings.scenarioClasses().toString());
        jvmArguments.add("-Xmx128m");
    }

    /** A JVM with this class of the package of the scenarios as its main class. */
    static TargetJvm of(TargetJdk jdk, String scenario) {
        return new TargetJvm(jdk, scenario);
    }

    /** With the agent from its start. */
    TargetJvm watched() {
        return watched("");
    }

    /** With the agent from its start, and these options for it. */
    TargetJvm watched(String options) {
        watched = true;
        jvmArguments.add("-javaagent:" + Surroundings.agentJar() + (options.isEmpty() ? "" : "=" + options));
        return this;
    }

    TargetJvm jvm(List<String> more) {
        jvmArguments.addAll(more);
        return this;
    }

    TargetJvm jvm(String... more) {
        return jvm(List.of(more));
    }

    TargetJvm carrying(List<Path> jars) {
        for (Path jar : jars) {
            classPath.add(jar.toString());
        }
        return this;
    }

    TargetJvm arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    TargetProcess start() throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), SCENARIOS + scenario));
        command.addAll(arguments);
        return new TargetProcess(command, watched);
    }
}
