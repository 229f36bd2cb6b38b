// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Packages, and single classes, by the beginning of their names. */
public final class PackageSet {

    /** Sorted, and none covers another: so at most one can cover a class: the last name before it, or an equal one. */
    private final String[] names;

    /** Takes names without a dot at the end. */
    public PackageSet(Collection<String> names) {
        String[] sorted = names.toArray(new String[0]);
        Arrays.sort(sorted);
        int kept = 0;
        for (String name : sorted) {
            if (kept == 0 || !covers(sorted[kept - 1], name)) {
                sorted[kept++] = name;
            }
        }
        this.names = Arrays.copyOf(sorted, kept);
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

    /** The names, sorted, without those that another one covers. */
    List<String> names() {
        return List.of(names);
    }

    /** Returns whether the class is one of them, or inside of one. */
    public boolean matches(String className) {
        int found = Arrays.binarySearch(names, className);
        return found >= 0 || (found < -1 && covers(names[-found - 2], className));
    }

    /** Returns whether this package is one of them, or has one of them inside. */
    boolean hasAtOrBelow(String name) {
        int found = Arrays.binarySearch(names, name);
        if (found >= 0) {
            return true;
        }
        int inside = -Arrays.binarySearch(names, name + ".") - 1; // no name ends with a dot
        return inside < names.length && covers(name, names[inside]);
    }

    private static boolean covers(String name, String className) {
        return className.startsWith(name) && (className.length() == name.length() || isEnd(className, name.length()));
    }

    private static boolean isEnd(String className, int at) {
        char next = className.charAt(at);
        return next == '.' || next == '$';
    }
}
