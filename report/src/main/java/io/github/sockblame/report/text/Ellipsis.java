// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

/** Cuts the middle out of a text that is too long, because method and line are at the end of a frame. */
public final class Ellipsis {

    /** Replaces the part that is cut out. */
    private static final String GAP = "...";

    private Ellipsis() {}

    /**
     * Returns the text if it fits. Otherwise a third of the room has its beginning and the rest its end; in very little
     * room there is only its beginning.
     */
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

    /** Returns the same index, or the one before if the cut would split a character. */
    private static int whole(String text, int at) {
        boolean splits =
                at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
        return splits ? at - 1 : at;
    }
}
