// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Separates the program's own frames from those of the JDK, of listed libraries and of the agent, by the class's name.
 */
public final class CulpritFinder {

    private static final PackageSet AGENT =
            new PackageSet(List.of("io.github.sockblame.agent", "io.github.sockblame.probe"));

    private static final PackageSet JDK = new PackageSet(List.of("java", "javax", "jdk", "sun", "com.sun"));

    /**
     * Parts of the names of classes that frameworks generate around the program's own: such code has no line that a
     * programmer can mend.
     */
    private static final String[] GENERATED = {
        ".$Proxy", // the JDK's own; for a non-public interface, it is in the package of the program
        "$$EnhancerBy",
        "$$FastClassBy",
        "$$SpringCGLIB$$",
        "$ByteBuddy$",
        "$HibernateProxy$",
        "$MockitoMock$",
        "_$$_jvst",
        "$Proxy$_$$_Weld",
        "_ClientProxy"
    };

    /** Many libraries move their copies of other libraries into such a package. */
    private static final String SHADED = ".shaded.";

    /** It is moved to more places than any other. */
    private static final String NETTY = ".io.netty.";

    private final PackageSet own;
    private final List<String> moreLibraries;
    volatile @Nullable Lists lists;

    /** The agent's lists, which are files in its jar. */
    record Lists(PackageSet libraries, PackageSet pools, PackageSet fills) {}

    private CulpritFinder(List<String> own, List<String> moreLibraries) {
        this.own = new PackageSet(own);
        this.moreLibraries = moreLibraries;
    }

    /**
     * Has the agent's lists of libraries and of pools. They are read at their first use, or by {@link #readLists}.
     *
     * @param own packages of the program: if a stack has frames of theirs, the first such frame is the culprit
     * @param moreLibraries packages whose frames are never the culprit, in addition to the list
     */
    public static CulpritFinder of(List<String> own, List<String> moreLibraries) {
        return new CulpritFinder(own, moreLibraries);
    }

    /** Reads the lists now, because later there may be no descriptor left. */
    public void readLists() {
        Lists unused = lists();
    }

    private Lists lists() {
        Lists known = lists;
        if (known == null) {
            List<String> libraries = PackageSet.namesIn("libraries.txt");
            libraries.addAll(moreLibraries);
            known = new Lists(
                    new PackageSet(libraries),
                    new PackageSet(PackageSet.namesIn("pools.txt")),
                    new PackageSet(PackageSet.namesIn("fills.txt")));
            lists = known;
        }
        return known;
    }

    /**
     * The culprit of a stack: its culprit frame, or else the frame that entered a library; null if all frames are the
     * JDK's.
     */
    public @Nullable Frame culpritOrEntry(CallStack stack) {
        List<StackTraceElement> frames = withoutAgent(stack.frames());
        int culprit = culprit(frames);
        Integer index = culprit < 0 ? entry(frames) : Integer.valueOf(culprit);
        return index == null ? null : Frame.of(frames.get(index));
    }

    /** The stack in the form of a report. */
    public Stack toStack(CallStack stack) {
        return toStack(stack, new HashMap<>());
    }

    /**
     * The stack in the form of a report, with one object for each distinct frame.
     *
     * @param shared the frames of other stacks, to which those of this one are added
     */
    public Stack toStack(CallStack stack, Map<StackTraceElement, Frame> shared) {
        List<StackTraceElement> all = stack.frames();
        List<StackTraceElement> frames = withoutAgent(all);
        List<Frame> reported = new ArrayList<>(frames.size());
        for (StackTraceElement frame : frames) {
            reported.add(shared.computeIfAbsent(frame, Frame::of));
        }
        int culprit = culprit(frames);
        return new Stack(
                reported, culprit, culprit < 0 ? entry(frames) : null, gaps(stack.gaps(), all.size() - frames.size()));
    }

    /** The gaps of a stack; null if there is none. No gap is among the agent's own frames. */
    private static @Nullable List<OmittedFrames> gaps(int[] pairs, int ownFrames) {
        List<OmittedFrames> gaps = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            gaps.add(new OmittedFrames(pairs[i] - ownFrames, pairs[i + 1]));
        }
        return gaps.isEmpty() ? null : gaps;
    }

    /** The frames without the agent's own, which are on top of every stack that a hook captured. */
    static List<StackTraceElement> withoutAgent(List<StackTraceElement> frames) {
        int from = 0;
        while (from < frames.size() && AGENT.matches(frames.get(from).getClassName())) {
            from++;
        }
        return frames.subList(from, frames.size());
    }

    /**
     * Index of the culprit frame. If the program's packages were named and the stack has a frame of theirs, it is the
     * first such frame. Otherwise it is the first frame outside generated code, the JDK and the listed libraries; -1 if
     * there is none.
     */
    int culprit(List<StackTraceElement> frames) {
        for (int i = 0; i < frames.size() && !own.isEmpty(); i++) {
            if (own.matches(frames.get(i).getClassName())
                    && !isGenerated(frames.get(i).getClassName())) {
                return i;
            }
        }
        for (int i = 0; i < frames.size(); i++) {
            String name = frames.get(i).getClassName();
            if (!JDK.matches(name) && !isLibrary(name) && !isGenerated(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Index of the frame by which a stack without a culprit entered a library: the outermost frame outside the JDK;
     * null if all are the JDK's.
     */
    @Nullable Integer entry(List<StackTraceElement> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (!JDK.matches(frames.get(i).getClassName())) {
                return i;
            }
        }
        return null;
    }

    /** Returns whether the stack has a frame of a listed connection pool. */
    public boolean hasPoolFrame(List<StackTraceElement> frames) {
        PackageSet pools = lists().pools();
        for (StackTraceElement frame : frames) {
            if (pools.matches(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether a pool's own thread opened the connection, ahead of its use: whether the outermost frame outside the
     * JDK is the pool's.
     */
    public boolean isFilledAhead(List<StackTraceElement> frames) {
        Integer entry = entry(frames);
        return entry != null && lists().fills().matches(frames.get(entry).getClassName());
    }

    /** Returns whether the stack has a frame of the program. */
    public boolean hasCulprit(CallStack stack) {
        return culprit(withoutAgent(stack.frames())) >= 0;
    }

    /** A library that was moved under another name is recognized by the part after the new prefix. */
    private boolean isLibrary(String name) {
        PackageSet libraries = lists().libraries();
        int shaded = name.lastIndexOf(SHADED);
        return libraries.matches(name)
                || name.contains(NETTY)
                || (shaded >= 0 && libraries.matches(name.substring(shaded + SHADED.length())));
    }

    private static boolean isGenerated(String name) {
        for (String mark : GENERATED) {
            if (name.contains(mark)) {
                return true;
            }
        }
        return false;
    }
}
