// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import java.io.PrintStream;
import java.util.HexFormat;

/**
 * JSON as one line on standard output. The JSON contains names from the watched JVM or from a file, and standard output may be a terminal.
 * So every character outside printable ASCII is written as an escape of JSON (RFC 8259, section 7).
 */
public final class JsonLine {

    private static final char LAST_PRINTABLE = '~';

    private JsonLine() {}

    public static void print(PrintStream out, String json) {
        out.print(escaped(json.strip()) + "\n");
    }

    private static String escaped(String json) {
        StringBuilder text = new StringBuilder(json.length() + 1);
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            if (character <= LAST_PRINTABLE) {
                text.append(character); // a control character below it is not JSON, unless it is white space
            } else {
                text.append("\\u").append(HexFormat.of().toHexDigits(character));
            }
        }
        return text.toString();
    }
}
