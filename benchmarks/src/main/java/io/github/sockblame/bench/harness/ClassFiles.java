// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Copies compiled classes to where they are run from. */
public final class ClassFiles {

    private ClassFiles() {}

    /**
     * Puts an agent to compare with into a jar, where an agent must be.
     *
     * @param classes the agent's; the first one has the premain
     * @param libraries jars that it needs
     */
    public static Path agentJar(Path jar, List<Class<?>> classes, List<Path> libraries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", classes.get(0).getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        if (!libraries.isEmpty()) {
            List<String> uris = libraries.stream()
                    .map(library -> library.toUri().toString())
                    .toList();
            attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", uris));
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : classes) {
                entries.putNextEntry(new JarEntry(fileOf(type)));
                copy(type, entries);
            }
        }
        return jar;
    }

    /** Copies class files below a folder, which then is a class path. */
    public static Path folder(Path folder, List<Class<?>> classes) throws IOException {
        for (Class<?> type : classes) {
            Path file = folder.resolve(fileOf(type));
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(type, out);
            }
        }
        return folder;
    }

    private static String fileOf(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static void copy(Class<?> type, OutputStream out) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + fileOf(type))) {
            if (in == null) {
                throw new IOException("no class file of " + type);
            }
            in.transferTo(out);
        }
    }
}
