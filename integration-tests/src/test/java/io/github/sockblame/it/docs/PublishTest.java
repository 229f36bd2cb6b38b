// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests made replaces what they had made before, and nothing else. */
class PublishTest {

    @TempDir
    private Path folder;

    private Path made;

    @BeforeEach
    void makeFolder() throws Exception {
        made = Files.createDirectory(folder.resolve("new"));
    }

    @Test
    void noDocumentIsTouchedIfOneIsMissing() throws Exception {
        Path picture = Files.writeString(folder.resolve("first.svg"), "old");
        Files.writeString(made.resolve("first.svg"), "new");
        Path document = Files.writeString(folder.resolve("document.md"), "old text");

        assertThatThrownBy(() -> Publish.publish(made, List.of(picture, document)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("document.md");

        assertThat(picture).hasContent("old");
        assertThat(document).hasContent("old text");
    }

    @Test
    void documentIsReplacedOrNew() throws Exception {
        Path known = Files.writeString(folder.resolve("known.svg"), "<svg>old</svg>");
        Path unknown = folder.resolve("unknown.svg");
        Files.writeString(made.resolve("known.svg"), "<svg>new</svg>\n");
        Files.writeString(made.resolve("unknown.svg"), "<svg/>");

        Publish.publish(made, List.of(known, unknown));

        assertThat(Files.readString(known)).isEqualTo("<svg>new</svg>\n");
        assertThat(Files.readString(unknown)).isEqualTo("<svg/>");
        assertThat(folder).as("and nothing stays beside it").isDirectoryNotContaining("glob:**.new");
    }
}
