// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

/** The names of packages and classes. */
public final class PackageName {

    private PackageName() {}

    /** Returns whether this may be the name of a package or class. */
    public static boolean isValid(String name) {
        boolean begins = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = begins ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c) || c == '.';
            if (!fits) {
                return false;
            }
            begins = c == '.';
        }
        return !begins;
    }
}
