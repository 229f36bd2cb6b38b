// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Stack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes stacks and frames. */
final class StackWriter {

    private final JsonFields to;

    StackWriter(JsonFields to) {
        this.to = to;
    }

    /** Writes the table of frames under {@code frames}, and the stacks as indexes into it under {@code stacks}. */
    void write(List<Stack> stacks) {
        FrameTable table = new FrameTable(stacks);
        to.startArray("frames");
        for (Frame frame : table.frames()) {
            to.start();
            fields(frame);
            to.end();
        }
        to.endArray();
        to.startArray("stacks");
        for (Stack stack : stacks) {
            to.start();
            to.startArray("frames");
            for (Frame frame : stack.frames()) {
                to.element(table.number(frame));
            }
            to.endArray();
            to.number("culprit", stack.culprit());
            to.number("entry", stack.entry());
            gaps("omitted", stack.omitted());
            to.number("through", stack.through());
            to.end();
        }
        to.endArray();
    }

    private void gaps(String name, @Nullable List<OmittedFrames> gaps) {
        if (gaps == null) {
            to.none(name);
            return;
        }
        to.startArray(name);
        for (OmittedFrames gap : gaps) {
            to.start();
            to.number("before", gap.before());
            to.number("count", gap.count());
            to.end();
        }
        to.endArray();
    }

    void write(String name, @Nullable Frame frame) {
        if (frame == null) {
            to.none(name);
            return;
        }
        to.start(name);
        fields(frame);
        to.end();
    }

    private void fields(Frame frame) {
        to.text("className", frame.className());
        to.text("method", frame.method());
        to.text("file", frame.file());
        to.number("line", frame.line());
    }
}
