// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests made comes in the place of what they had made before, and of nothing else. */
class PublishTest {

    private static final String DOCUMENT = """
            # Head

            <!-- one: written by make it -->

            old one

            <!-- end of one -->

            between

            <!-- one and more: written by make it -->
            <!-- end of one and more -->
            end
            """;

    @TempDir
    private Path folder;

    private Path made;
    private Path document;

    @BeforeEach
    void layDocument() throws Exception {
        made = Files.createDirectory(folder.resolve("new"));
        document = Files.writeString(folder.resolve("document.md"), DOCUMENT);
    }

    @Test
    void sectionsAloneAreReplaced() throws Exception {
        Files.writeString(made.resolve("one.md"), "\nnew one\n\n");
        Files.writeString(made.resolve("one and more.md"), "more\n");

        Publish.publish(made, List.of(document));

        assertThat(document)
                .hasContent(DOCUMENT.replace("old one", "new one")
                        .replace("<!-- end of one and", "more\n<!-- end of one and"));
        assertThat(folder).as("and nothing stays beside it").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void noDocumentIsTouchedIfASectionIsMissing() throws Exception {
        Files.writeString(made.resolve("one.md"), "new one\n");
        Path picture = Files.writeString(folder.resolve("first.svg"), "old");
        Files.writeString(made.resolve("first.svg"), "new");

        assertThatThrownBy(() -> Publish.publish(made, List.of(picture, document)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("one and more.md");

        assertThat(picture).hasContent("old");
        assertThat(document).hasContent(DOCUMENT);
    }

    @Test
    void documentWithoutSectionsIsReplacedOrNew() throws Exception {
        Path known = Files.writeString(folder.resolve("known.svg"), "<svg>old</svg>");
        Path unknown = folder.resolve("unknown.svg");
        Files.writeString(made.resolve("known.svg"), "<svg>new</svg>\n");
        Files.writeString(made.resolve("unknown.svg"), "<svg/>");

        Publish.publish(made, List.of(known, unknown));

        assertThat(Files.readString(known)).isEqualTo("<svg>new</svg>\n");
        assertThat(Files.readString(unknown)).isEqualTo("<svg/>");
    }

    @Test
    void sectionWithoutAnEndIsNotReplaced() throws Exception {
        Files.writeString(document, "<!-- one: written by make it -->\nall the rest\n");
        Files.writeString(made.resolve("one.md"), "new one\n");

        assertThatThrownBy(() -> Publish.publish(made, List.of(document)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no section \"one\" that begins and ends");

        assertThat(document).content().contains("all the rest");
    }
}
