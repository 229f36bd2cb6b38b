// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

/** Takes the middle out of what is too long: of a frame, method and line stand at the end. */
public final class Ellipsis {

    /** What stands for what is cut out. */
    private static final String GAP = "...";

    private Ellipsis() {}

    /** The text, or a third of the room for its beginning and the rest for its end; where there is hardly room, its beginning alone. */
    public static String shorten(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        if (room <= GAP.length() + 2) {
            return text.substring(0, whole(text, Math.max(0, room)));
        }
        int head = (room - GAP.length()) / 3;
        int tail = text.length() - (room - GAP.length() - head);
        return text.substring(0, whole(text, head)) + GAP + text.substring(whole(text, tail));
    }

    /** The same place, or the one before if a character would be split there. */
    private static int whole(String text, int at) {
        boolean splits =
                at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
        return splits ? at - 1 : at;
    }
}
