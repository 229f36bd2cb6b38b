// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDecoderTest {

    private static final String NOTHING_MORE = "~";

    @ParameterizedTest
    @CsvSource({
        "13, ENTER",
        "10, ENTER",
        "127, BACKSPACE",
        "8, BACKSPACE",
        "3, INTERRUPT",
        "4, INTERRUPT",
        "27, ESCAPE",
        "26, OTHER",
        "27 91 65, UP",
        "27 79 66, DOWN",
        "27 91 53 126, PAGE_UP",
        "27 91 54 126, PAGE_DOWN",
        "27 91 49 59 53 65, UP",
        "27 91 67, OTHER",
        "27 120, OTHER",
        "27 91, OTHER"
    })
    void aSequenceIsOneStroke(String sent, Key.Kind kind) throws IOException {
        assertThat(strokes(sent)).containsExactly(Key.of(kind));
    }

    @Test
    void characterKeyTypesItself() throws IOException {
        assertThat(strokes("113 47 233")).containsExactly(Key.typing('q'), Key.typing('/'), Key.typing('é'));
        assertThat(Key.typing('q').types('q')).isTrue();
        assertThat(Key.of(Key.Kind.ESCAPE).types('q')).isFalse();
    }

    @Test
    void aTerminalThatIsGoneIsAnInterrupt() throws IOException {
        assertThat(new KeyDecoder(millis -> -1).next(1)).isEqualTo(Key.of(Key.Kind.INTERRUPT));
        assertThat(new KeyDecoder(millis -> KeyDecoder.NOTHING).next(1)).isNull();
    }

    private static List<Key> strokes(String sent) throws IOException {
        List<String> codes = new ArrayList<>(List.of(sent.split(" ", -1)));
        codes.add(NOTHING_MORE);
        KeyDecoder keyDecoder = new KeyDecoder(
                millis -> codes.get(0).equals(NOTHING_MORE) ? KeyDecoder.NOTHING : Integer.parseInt(codes.remove(0)));
        List<Key> keys = new ArrayList<>();
        for (Key key = keyDecoder.next(1); key != null; key = keyDecoder.next(1)) {
            keys.add(key);
        }
        return keys;
    }
}
