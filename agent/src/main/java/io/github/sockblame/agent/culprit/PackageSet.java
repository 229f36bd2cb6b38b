// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packages, and single classes, by the beginning of their names. */
public final class PackageSet {

    private final String[] names;

    /** Takes names without a dot at the end. */
    public PackageSet(List<String> names) {
        this.names = names.toArray(new String[0]);
    }

    /** The names in one of the agent's lists: one a line, without blank lines and comments. */
    static List<String> namesIn(String list) {
        List<String> names = new ArrayList<>();
        try (InputStream in = PackageSet.class.getResourceAsStream(list)) {
            if (in == null) {
                throw new IOException("the agent's jar has no " + list);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && line.charAt(0) != '#') {
                    names.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    boolean isEmpty() {
        return names.length == 0;
    }

    /** Returns whether the class is one of them, or inside of one. */
    public boolean matches(String className) {
        for (String name : names) {
            if (className.startsWith(name)
                    && (className.length() == name.length() || isEnd(className, name.length()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnd(String className, int at) {
        char next = className.charAt(at);
        return next == '.' || next == '$';
    }
}
