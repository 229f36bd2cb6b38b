// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineEditorTest {

    private final LineEditor editor = new LineEditor();

    @Test
    void charactersAndBackspaceChangeTheEnd() {
        editor.start("shop");
        editor.onKey(Key.typing('s'));
        editor.onKey(Key.of(Key.Kind.UP));
        assertThat(editor.text()).isEqualTo("shops");
        editor.onKey(Key.of(Key.Kind.BACKSPACE));
        editor.onKey(Key.of(Key.Kind.BACKSPACE));
        assertThat(editor.text()).isEqualTo("sho");
    }

    @Test
    void backspaceOfAnEmptyTextDoesNothing() {
        editor.onKey(Key.of(Key.Kind.BACKSPACE));
        assertThat(editor.text()).isEmpty();
        editor.start("a");
        editor.start("");
        assertThat(editor.text()).isEmpty();
    }
}
