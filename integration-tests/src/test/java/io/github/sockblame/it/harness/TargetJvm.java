// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JVM to be started, with a scenario as its program. */
public final class TargetJvm {

    /** What makes a JVM start soon and leave room for others. */
    public static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final TargetJdk jdk;
    private final String mainClass;
    private final List<String> launcher = new ArrayList<>();
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private @Nullable Path jar;
    private boolean watched;

    private TargetJvm(TargetJdk jdk, String mainClass) {
        this.jdk = jdk;
        this.mainClass = mainClass;
        classPath.add(TestEnvironment.scenarioClasses().toString());
        jvmArguments.addAll(SMALL);
    }

    /** A JVM with this class as its main class. The class is not initialized here. */
    public static TargetJvm of(TargetJdk jdk, Class<?> scenario) {
        return new TargetJvm(jdk, scenario.getName());
    }

    /** A JVM with a main class that Kotlin's compiler makes, after these tests are compiled. */
    public static TargetJvm ofKotlin(TargetJdk jdk, String mainClass) {
        return new TargetJvm(jdk, mainClass);
    }

    /** With the agent from its start. */
    public TargetJvm watched() {
        return watched("");
    }

    /** With the agent from its start, and these options for it. */
    public TargetJvm watched(String options) {
        watched = true;
        jvmArguments.add("-javaagent:" + TestEnvironment.agentJar() + (options.isEmpty() ? "" : "=" + options));
        return this;
    }

    public TargetJvm jvm(List<String> more) {
        jvmArguments.addAll(more);
        return this;
    }

    public TargetJvm jvm(String... more) {
        return jvm(List.of(more));
    }

    public TargetJvm carrying(List<Path> jars) {
        for (Path jar : jars) {
            classPath.add(jar.toString());
        }
        return this;
    }

    /** With the log of the classes that it loads in this file. */
    public TargetJvm logging(ClassLog log) {
        return jvm(log.argument());
    }

    public TargetJvm arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Started as {@code java -jar}, by this jar, which is made here and holds nothing but a manifest. */
    public TargetJvm inJar(Path newJar) {
        jar = newJar;
        return this;
    }

    /** Started by this command, to which the JVM's is added, and which gives it its process. */
    public TargetJvm through(String... command) {
        launcher.addAll(List.of(command));
        return this;
    }

    public TargetProcess start() throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(jdk.java());
        command.addAll(jvmArguments);
        if (jar == null) {
            command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), mainClass));
        } else {
            writeJar(jar);
            command.addAll(List.of("-jar", jar.toString()));
        }
        command.addAll(arguments);
        return new TargetProcess(command, watched);
    }

    private void writeJar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        classPath.stream()
                                .map(path -> Path.of(path).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }
}
