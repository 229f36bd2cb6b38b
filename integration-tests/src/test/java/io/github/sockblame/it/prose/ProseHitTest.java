// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProseHitTest {

    @Test
    void commentsOfJavaAreCountedAndItsCodeIsNot() {
        assertThat(java("""
                // it tells
                String tells = "told // heard"; // says so
                char quote = '"'; /* knows */ char other = '\\''; // whom
                /** Not {@code told} nor {@link Hears#heard heard}. */
                """)).containsExactly("A:1: tells", "A:2: says", "A:3: knows", "A:3: whom");
    }

    @Test
    void textBlockIsCode() {
        assertThat(java("String text = \"\"\"\n  // it tells \"x\" \\\"\"\" and hears\n  \"\"\"; // says\n"))
                .containsExactly("A:3: says");
    }

    @Test
    void stringsOfSeveralWordsArePrinted() {
        assertThat(words(ProseText.ofStrings("""
                // it tells
                String key = "told"; String line = "nobody is there"; char quote = '"'; /* says "it hears so" */
                String other = \"""
                  it knows \"x\"
                  \""";
                """))).containsExactlyInAnyOrder("A:2: nobody", "A:4: knows");
    }

    @Test
    void commentsAndStringsOfAScriptAreCounted() {
        assertThat(words(ProseText.ofScript("""
                // it tells
                const told = 'nobody is "there"', heard = "it says 'so'"; /* it knows */
                const other = `whoever
                  hears`, key = 'told', escaped = 'it\\'s // told';
                """)))
                .containsExactlyInAnyOrder(
                        "A:1: tells",
                        "A:2: nobody",
                        "A:2: says",
                        "A:2: knows",
                        "A:3: whoever",
                        "A:4: hears",
                        "A:4: told");
    }

    @Test
    void wordsGoOnAcrossLinesOfAComment() {
        assertThat(java("""
                /**
                 * It is not there any
                 * more.
                 */
                // at the
                // most
                """)).containsExactly("A:2: any more", "A:5: at the most");
    }

    @Test
    void codeBetweenTwoCommentsParts() {
        assertThat(java("int a; // any\nint b; // more\n")).isEmpty();
    }

    @Test
    void codeAndCommentsOfADocumentAreLeftOut() {
        assertThat(markdown("""
                It `tells` all, and [hears](says.md).
                ```
                it knows
                ```
                <!-- a remark
                told
                -->
                Nobody reads it.
                """)).containsExactly("A:1: hears", "A:8: Nobody");
    }

    @Test
    void invertedConditionsAreFoundByTheirCapital() {
        assertThat(
                        markdown(
                                "Were the queue full, it waits. If these were the last. Be it so.\nOf the rest it takes one of the two.\n"))
                .containsExactly("A:1: Were the", "A:1: Be it", "A:2: Of the");
    }

    @Test
    void partsOfWordsAreNoHits() {
        assertThat(markdown("intelligence, heart, essays, unknown, harvest, somebodies"))
                .isEmpty();
    }

    private static List<String> java(String source) {
        return words(ProseText.ofJava(source));
    }

    private static List<String> markdown(String document) {
        return words(ProseText.ofMarkdown(document));
    }

    private static List<String> words(String prose) {
        return ProseHit.in("A", prose).stream().map(ProseHit::toString).toList();
    }
}
