// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the program's own frames from those of the JDK, of known libraries and of the agent, by the class's name. */
final class CulpritFinder {

    private static final String[] AGENT = {"io.github.sockblame.agent.", "io.github.sockblame.probe."};

    private static volatile @Nullable CulpritFinder withKnownLibraries;

    /** Where many a library moves the copies of others that it carries. */
    private static final String SHADED = ".shaded.";

    /** Is moved to more places than any other. */
    private static final String NETTY = ".io.netty.";

    private final String[] libraries;

    private CulpritFinder(String[] libraries) {
        this.libraries = libraries;
    }

    /** With the list of libraries that the agent carries; it is read once. */
    static CulpritFinder withKnownLibraries() {
        CulpritFinder known = withKnownLibraries;
        if (known == null) {
            known = new CulpritFinder(readLibraries());
            withKnownLibraries = known;
        }
        return known;
    }

    private static String[] readLibraries() {
        List<String> prefixes = new ArrayList<>();
        try (InputStream in = CulpritFinder.class.getResourceAsStream("libraries.txt")) {
            if (in == null) {
                throw new IOException("the agent's jar has no libraries.txt");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && line.charAt(0) != '#') {
                    prefixes.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return prefixes.toArray(new String[0]);
    }

    /** The frames without the agent's own, which stand on top of every stack that a hook took. */
    static List<StackTraceElement> withoutAgent(List<StackTraceElement> frames) {
        int from = 0;
        while (from < frames.size() && startsWith(frames.get(from), AGENT)) {
            from++;
        }
        return frames.subList(from, frames.size());
    }

    /** Index of the first frame that is neither the JDK's nor a known library's; -1 if there is none. */
    int culprit(List<StackTraceElement> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (!startsWith(frames.get(i), libraries) && !isRelocated(frames.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the class is of a library that was moved under another name: what stands behind the new prefix tells. */
    private boolean isRelocated(StackTraceElement frame) {
        String name = frame.getClassName();
        int shaded = name.lastIndexOf(SHADED);
        return name.contains(NETTY) || (shaded >= 0 && startsWith(name.substring(shaded + SHADED.length()), libraries));
    }

    private static boolean startsWith(StackTraceElement frame, String[] prefixes) {
        return startsWith(frame.getClassName(), prefixes);
    }

    private static boolean startsWith(String name, String[] prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
