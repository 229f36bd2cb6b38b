// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Stack;
import java.util.List;

/** A whole stack, one frame a line, with a mark at the culprit frame. */
final class StackText {

    private static final String OTHER = "       ";
    private static final String BLAMED = "     > ";

    private StackText() {}

    static void append(StringBuilder out, Stack stack, TextStyle textStyle) {
        List<Frame> frames = stack.frames();
        Integer entry = stack.entry();
        Integer through = stack.through();
        int blamed = stack.culpritOrEntryIndex();
        String ofBlamed = entry == null ? "    <- culprit frame" : "    <- a library; no frame is the program's";
        for (int i = 0; i < frames.size(); i++) {
            OmittedFrames gap = stack.gapBefore(i);
            if (gap != null) {
                out.append(OTHER).append("... ").append(gap.text()).append('\n');
            }
            String remark =
                    i == blamed ? ofBlamed : through != null && i == through ? "    <- through this library" : "";
            String frame = textStyle.truncate(SafeText.of(frames.get(i).text()), OTHER.length() + remark.length());
            out.append(i == blamed ? BLAMED : OTHER);
            out.append(i == blamed ? textStyle.bold(frame) : textStyle.dim(frame));
            out.append(remark).append('\n');
        }
        if (frames.isEmpty()) {
            out.append(OTHER).append("(no stack was captured)\n");
        } else if (blamed < 0) {
            out.append(OTHER).append("(every frame is the JDK's)\n");
        }
    }
}
