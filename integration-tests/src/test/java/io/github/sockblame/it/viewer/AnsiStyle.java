// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

/**
 * How characters look on a terminal: as much of ECMA-48's "select graphic rendition" as the viewer makes use of.
 *
 * @param bold code 1
 * @param dim code 2
 * @param inverse code 7
 * @param colour codes 30 to 37 and 39
 */
record AnsiStyle(boolean bold, boolean dim, boolean inverse, Colour colour) {

    static final AnsiStyle PLAIN = new AnsiStyle(false, false, false, Colour.DEFAULT);

    /** The colours in use. */
    enum Colour {
        DEFAULT,
        RED,
        YELLOW
    }

    /** What it is after a sequence with these codes, which semicolons part. What is not known fails: a picture would miss it. */
    AnsiStyle after(String codes) {
        AnsiStyle now = this;
        for (String code : codes.split(";", -1)) {
            now = now.afterOne(code);
        }
        return now;
    }

    private AnsiStyle afterOne(String code) {
        return switch (code) {
            case "", "0" -> PLAIN;
            case "1" -> new AnsiStyle(true, dim, inverse, colour);
            case "2" -> new AnsiStyle(bold, true, inverse, colour);
            case "7" -> new AnsiStyle(bold, dim, true, colour);
            case "22" -> new AnsiStyle(false, false, inverse, colour);
            case "27" -> new AnsiStyle(bold, dim, false, colour);
            case "31" -> new AnsiStyle(bold, dim, inverse, Colour.RED);
            case "33" -> new AnsiStyle(bold, dim, inverse, Colour.YELLOW);
            case "39" -> new AnsiStyle(bold, dim, inverse, Colour.DEFAULT);
            case "49" -> this; // no background but the terminal's own is in use
            default -> throw new IllegalArgumentException("a rendition that no picture shows yet: " + code);
        };
    }
}
