// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads the version of an agent out of its jar, without any request to its JVM. */
final class AgentJarVersion {

    /** Shown if there is no such jar, or if it has no version. */
    static final String UNKNOWN = "unknown";

    /** The manifest of an agent is smaller; the jar may belong to another user. */
    private static final int MAX_MANIFEST_BYTES = 1 << 16;

    private AgentJarVersion() {}

    /** The version of the jar that the JVM has open, or else has on its command line. */
    static String in(LocalProcess process) {
        try {
            Path jar = openJar(process.folder());
            String named = AgentDetector.jar(process.arguments());
            if (jar == null && named != null) {
                Path path = Path.of(named);
                jar = path.isAbsolute()
                        ? process.pathInside(path)
                        : process.folder().resolve("cwd").resolve(path);
            }
            String version = jar == null || !Files.isRegularFile(jar) ? null : ofJar(jar);
            return version == null ? UNKNOWN : version;
        } catch (IOException | InvalidPathException e) {
            return UNKNOWN;
        }
    }

    private static @Nullable Path openJar(Path process) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (AgentDetector.isOpenJar(descriptor)) {
                    return descriptor;
                }
            }
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static @Nullable String ofJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry manifest = zip.getEntry(JarFile.MANIFEST_NAME);
            if (manifest == null || manifest.getSize() > MAX_MANIFEST_BYTES) {
                return null;
            }
            try (InputStream in = zip.getInputStream(manifest)) {
                byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES);
                return new Manifest(new ByteArrayInputStream(bytes))
                        .getMainAttributes()
                        .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            }
        }
    }
}
