// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** A part of a document that tests write: it stands between two marks, {@code <!-- name: ...} and {@code <!-- end of name ...}. */
final class PublishedSection {

    private PublishedSection() {}

    /** What stands between the marks of this name in a document of the project. */
    static List<String> linesOf(String name, String document) throws IOException {
        return Files.readAllLines(TestEnvironment.projectRoot().resolve(document)).stream()
                .dropWhile(line -> !line.startsWith("<!-- " + name + ": "))
                .skip(1)
                .takeWhile(line -> !line.startsWith("<!-- end of " + name + " "))
                .toList();
    }
}
