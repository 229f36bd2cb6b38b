// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JVM's own log of the classes that it loads.
 *
 * @param file where it lies
 */
public record ClassLog(Path file) {

    public static ClassLog inNewFolder() throws IOException {
        return new ClassLog(TestEnvironment.newFolder("classes").resolve("loaded"));
    }

    String argument() {
        return "-Xlog:class+load:file=" + file + ":none";
    }

    /** The names of the classes that were loaded until now. */
    public Set<String> loaded() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" ", 2)[0])
                .collect(Collectors.toSet());
    }

    /** The names of all classes in the order in which they were made, without those that were woven anew. */
    public List<String> definitions() throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.endsWith("source: __VM_RedefineClasses__"))
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }
}
