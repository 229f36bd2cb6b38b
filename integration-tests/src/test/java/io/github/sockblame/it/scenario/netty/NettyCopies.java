// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.netty;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link NettyPair} in class loaders that have each their own copy of everything. */
public final class NettyCopies {

    private static final String PROBE = "io.github.sockblame.probe.";

    private NettyCopies() {}

    /**
     * Runs.
     *
     * @param arguments for each class loader a word: {@code seeing}, or {@code blind} for one that hands on nothing but the JDK's packages
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        List<URLClassLoader> held = new ArrayList<>();
        for (String kind : arguments) {
            URLClassLoader loader = new Copy(classPath(), kind.equals("blind"));
            loader.loadClass(NettyPair.class.getName()).getMethod("open").invoke(null);
            held.add(loader);
        }
        Checkpoint.reached("told", held);
        for (URLClassLoader loader : held) {
            loader.close();
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    /** A class loader below the platform's. */
    private static final class Copy extends URLClassLoader {
        private final boolean blind;

        Copy(URL[] urls, boolean blind) {
            super(urls, ClassLoader.getPlatformClassLoader());
            this.blind = blind;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (blind && name.startsWith(PROBE)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
