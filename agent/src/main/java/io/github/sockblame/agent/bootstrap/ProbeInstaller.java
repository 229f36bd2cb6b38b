// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.bootstrap;

import io.github.sockblame.agent.jdk.BootClassDefiner;
import io.github.sockblame.agent.jdk.JdkAccess;
import io.github.sockblame.agent.log.InternalErrors;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the probe into the boot loader, where classes of {@code java.base} can link to it. The JDK's internal define
 * method defines the classes there; it needs no file and leaves the application's class-data sharing alone. If a JDK
 * lacks that method, a jar is appended to the boot class path (docs/decisions/0003).
 */
public final class ProbeInstaller {

    /** If this system property is {@code append}, the second way is taken at once, so that a test can run it. */
    static final String METHOD_PROPERTY = "io.github.sockblame.probe";

    /** In the order in which they depend on each other. */
    private static final String[] CLASSES = {
        "io.github.sockblame.probe.SocketListener",
        "io.github.sockblame.probe.NoopSocketListener",
        "io.github.sockblame.probe.SocketProbe"
    };

    private ProbeInstaller() {}

    /**
     * Installs the probe, unless it is there already.
     *
     * @return null, or the reason why the first way failed
     * @throws IOException if both ways fail
     */
    public static @Nullable String install(JdkAccess jdk, Instrumentation instrumentation) throws IOException {
        if (isInstalled(CLASSES[CLASSES.length - 1])) {
            return null;
        }
        if ("append".equals(System.getProperty(METHOD_PROPERTY))) {
            append(instrumentation);
            return "appended because of the system property " + METHOD_PROPERTY;
        }
        try {
            define(jdk);
            return null;
        } catch (Throwable e) {
            InternalErrors.rethrowIfTransient(e);
            append(instrumentation);
            return "appended because the JDK's define method failed: " + e;
        }
    }

    private static boolean isInstalled(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static void define(JdkAccess jdk) throws Throwable {
        BootClassDefiner bootLoader = new BootClassDefiner(jdk);
        for (String name : CLASSES) {
            if (isInstalled(name)) {
                continue; // an earlier try defined it
            }
            bootLoader.define(name, ClassBytes.probeClass(name));
        }
    }

    private static void append(Instrumentation instrumentation) throws IOException {
        File file = newFile();
        try {
            try (OutputStream out = new FileOutputStream(file);
                    JarOutputStream entries = new JarOutputStream(out)) {
                for (String name : CLASSES) {
                    entries.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
                    entries.write(ClassBytes.probeClass(name));
                }
            }
            try (JarFile jarFile = new JarFile(file)) {
                instrumentation.appendToBootstrapClassLoaderSearch(jarFile);
            }
            for (String name : CLASSES) {
                Class.forName(name, false, null); // loaded while the file is there
            }
        } catch (ClassNotFoundException e) {
            throw new IOException("the appended probe is not seen by the boot loader", e);
        } finally {
            boolean unused = file.delete();
        }
    }

    /**
     * A new file. This class does not use {@code java.nio.file.Files}, because it may run while the JDK itself opens
     * its first file and is in the middle of {@code Security} or {@code sun.nio.ch.Streams}. A random name there would
     * leave the program without a security provider, and an open channel would leave it without streams.
     */
    private static File newFile() throws IOException {
        String name = "sockblame-probe-" + Long.toHexString(System.currentTimeMillis()) + "-"
                + Long.toHexString(System.nanoTime()) + ".jar";
        File file = new File(System.getProperty("java.io.tmpdir", "/tmp"), name);
        boolean ours = file.createNewFile() // fails if there is a file or link
                && file.setReadable(false, false)
                && file.setWritable(false, false)
                && file.setReadable(true, true)
                && file.setWritable(true, true);
        if (!ours) {
            throw new IOException("cannot make a file of our own: " + file);
        }
        return file;
    }
}
