// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.bootstrap;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Reads class files out of the agent's jar. */
public final class ClassBytes {

    private ClassBytes() {}

    /** The class file of a class of the agent. */
    public static byte[] of(String className) throws IOException {
        return resource('/' + className.replace('.', '/') + ".class");
    }

    /** The class file of a class of the probe, which the jar has as data. */
    static byte[] probeClass(String className) throws IOException {
        return resource("/boot/" + className.replace('.', '/') + ".class");
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = ClassBytes.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException("the agent's jar has no " + path);
            }
            return in.readAllBytes();
        }
    }
}
