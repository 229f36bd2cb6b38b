// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.program;

import java.io.File;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The class with which the program starts. */
final class MainClass {

    /** In the manifest of a Spring Boot jar: the class that its launcher starts. */
    private static final Attributes.Name START_CLASS = new Attributes.Name("Start-Class");

    private MainClass() {}

    /** Reads the properties of this JVM, and the manifest of its jar; null if they do not have it. */
    static @Nullable String read() {
        String ofModule = System.getProperty("jdk.module.main.class");
        return ofModule == null ? ofCommand(System.getProperty("sun.java.command", "")) : ofModule;
    }

    /**
     * The main class of a command without options of the JVM: a class, a class in a module, or a jar, with arguments after
     * it.
     */
    static @Nullable String ofCommand(String command) {
        int jar = command.indexOf(".jar");
        int space = command.indexOf(' ');
        int end = space < 0 ? command.length() : space;
        if (jar >= 0 && command.startsWith(".jar", end - ".jar".length())) {
            return ofJar(command.substring(0, end));
        }
        String name = command.substring(command.lastIndexOf('/', end) + 1, end);
        return name.isEmpty() ? null : name;
    }

    private static @Nullable String ofJar(String path) {
        try (JarFile jar = new JarFile(new File(path), false)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                return null;
            }
            String started = manifest.getMainAttributes().getValue(START_CLASS);
            String main = started == null ? manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) : started;
            return main == null ? null : main.strip();
        } catch (IOException | SecurityException e) {
            return null; // the jar was replaced or removed, or its path has a space
        }
    }
}
