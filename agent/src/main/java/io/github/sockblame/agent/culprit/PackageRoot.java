// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import java.util.Set;

/**
 * The part of a package's name that all code of one owner begins with: {@code com.acme} of {@code com.acme.shop.web}. It
 * has two segments, or more if other owners share those.
 */
final class PackageRoot {

    private static final int LEAST_SEGMENTS = 2;

    /** Second segments below which each owner has a name of its own. */
    private static final Set<String> SHARED = Set.of(
            "ac",
            "appspot",
            "bitbucket",
            "co",
            "com",
            "edu",
            "github",
            "gitlab",
            "gmail",
            "googlecode",
            "gov",
            "net",
            "or",
            "org",
            "sourceforge");

    private PackageRoot() {}

    /** The root of this package, which has a name; the whole package if a shorter part would cover a listed library. */
    static String of(String packageName, PackageSet libraries) {
        String[] segments = packageName.split("\\.", -1);
        StringBuilder root = new StringBuilder(segments[0]);
        for (int i = 1; i < segments.length; i++) {
            root.append('.').append(segments[i]);
            boolean longEnough = i + 1 >= (SHARED.contains(segments[1]) ? LEAST_SEGMENTS + 1 : LEAST_SEGMENTS);
            String candidate = root.toString();
            if (longEnough && !libraries.hasAtOrBelow(candidate)) {
                return candidate;
            }
        }
        return packageName;
    }
}
