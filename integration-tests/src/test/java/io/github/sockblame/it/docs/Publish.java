// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replaces published documents by those that tests have made. */
final class Publish {

    private Publish() {}

    /** Arguments: the folder of {@link NewDocuments}, and the documents to be published. */
    public static void main(String[] arguments) throws IOException {
        try {
            publish(
                    Path.of(arguments[0]),
                    Arrays.stream(arguments).skip(1).map(Path::of).toList());
        } catch (NoSuchFileException e) {
            System.err.println("nothing is published: there is no " + e.getFile());
            System.exit(1);
        }
    }

    /** Publishes all of these documents; none of them if a file of the folder is missing for one. */
    static void publish(Path folder, List<Path> documents) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Path document : documents) {
            texts.put(document, Files.readString(folder.resolve(document.getFileName())));
        }
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            WholeFile.write(text.getKey(), text.getValue());
        }
    }
}
