// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 4050, 100_000})
    void doesNotDependOnHowManyBytesAReadGives(int most) throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String line = "row " + "x".repeat(i % 180) + i;
            text.append(line).append('\n');
            expected.add(line);
        }
        assertThat(lines(text.toString(), most)).isEqualTo(expected);
    }

    @Test
    void keepsEmptyLines() throws IOException {
        assertThat(lines("\n\na\n", 4050)).containsExactly("", "", "a");
    }

    @Test
    void hasNoLineInAnEmptyFile() throws IOException {
        assertThat(lines("", 4050)).isEmpty();
    }

    @Test
    void tellsALastLineThatWasCut() throws IOException {
        assertThat(lines("whole\ncu", 3)).containsExactly("whole", "(not whole)");
    }

    @ParameterizedTest
    @ValueSource(ints = {8192, 8193, 50_000})
    void passesOverALineLongerThanItsBuffer(int length) throws IOException {
        assertThat(lines("a\n" + "x".repeat(length) + "\nb\n", 4050)).containsExactly("a", "(not whole)", "b");
        assertThat(lines("a\n" + "x".repeat(length), 4050)).containsExactly("a", "(not whole)");
    }

    @Test
    void takesALineThatJustFits() throws IOException {
        assertThat(lines("a\n" + "x".repeat(8191) + "\nb\n", 4050)).containsExactly("a", "x".repeat(8191), "b");
    }

    private static List<String> lines(String text, int most) throws IOException {
        LineScanner lineScanner = new LineScanner(inPieces(text, most));
        List<String> all = new ArrayList<>();
        while (lineScanner.next()) {
            all.add(
                    lineScanner.isWhole()
                            ? new String(
                                    lineScanner.bytes,
                                    lineScanner.start,
                                    lineScanner.end - lineScanner.start,
                                    ISO_8859_1)
                            : "(not whole)");
        }
        return all;
    }

    /** Gives at most so many bytes a read, as /proc does. */
    private static InputStream inPieces(String text, int most) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, most));
            }
        };
    }
}
