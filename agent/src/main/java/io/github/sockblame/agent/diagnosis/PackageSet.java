// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import java.util.List;

/** Packages, and single classes, by the beginning of their names. */
final class PackageSet {

    private final String[] names;

    /** Each name without a dot at its end. */
    PackageSet(List<String> names) {
        this.names = names.toArray(new String[0]);
    }

    boolean isEmpty() {
        return names.length == 0;
    }

    /** Whether the class is one of them, or inside of one. */
    boolean hold(String className) {
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
