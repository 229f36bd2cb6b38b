// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.ProgramPackage;
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

    /** They are below every library that uses Netty, so they do not distinguish one from another. */
    private static final PackageSet TRANSPORTS =
            new PackageSet(List.of("io.netty.bootstrap", "io.netty.buffer", "io.netty.channel", "io.netty.util"));

    private static final String NETTY_POOL = "io.netty.channel.pool.";

    private final boolean named;
    private final List<String> moreLibraries;
    private volatile ProgramPackages program;
    volatile @Nullable Lists lists;

    /** The agent's lists, which are files in its jar. */
    record Lists(PackageSet libraries, PackageSet pools, PackageSet launchers, PackageSet fills) {}

    private CulpritFinder(List<String> own, List<String> moreLibraries) {
        this.named = !own.isEmpty();
        this.program = ProgramPackages.named(own);
        this.moreLibraries = moreLibraries;
    }

    /**
     * Has the agent's lists of libraries, pools and launchers. They are read at their first use, or by {@link #readLists}.
     *
     * @param own packages of the program: if a stack has frames of theirs, the first such frame is the culprit. If there
     *     are none, they are inferred by {@link #inferProgram}
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
                    new PackageSet(PackageSet.namesIn("launchers.txt")),
                    new PackageSet(PackageSet.namesIn("fills.txt")));
            lists = known;
        }
        return known;
    }

    /** Returns whether the packages of the program are to be inferred, because the user named none. */
    public boolean needsInference() {
        return !named;
    }

    /** Returns whether this main class starts the program of someone else. */
    public boolean isLauncher(String mainClass) {
        return lists().launchers().matches(mainClass);
    }

    /** Infers the packages of the program, unless the user named them. Later calls replace earlier ones. */
    public void inferProgram(ProgramEvidence evidence) {
        if (!named) {
            Lists known = lists();
            program = ProgramPackages.infer(evidence, known.libraries(), known.launchers());
        }
    }

    /** The packages of the program, named or inferred; none if they are unknown. */
    public List<ProgramPackage> program() {
        return program.packages();
    }

    /**
     * The culprit of a stack: its culprit frame, or else its innermost library frame; null if all frames are the JDK's.
     */
    public @Nullable Frame culpritOrEntry(CallStack stack) {
        List<StackTraceElement> frames = withoutAgent(stack.frames());
        int culprit = culprit(frames);
        Integer index = culprit < 0 ? innermostLibrary(frames) : Integer.valueOf(culprit);
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
                reported,
                culprit,
                culprit < 0 ? innermostLibrary(frames) : null,
                gaps(stack.gaps(), all.size() - frames.size()),
                culprit < 0 ? null : innermostLibrary(frames.subList(0, culprit)));
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
     * Index of the culprit frame: the first frame in a package of the program. Unless the user named those, a line of a
     * script counts as one, and so does code that comes from no file and is outside of the listed libraries. If there is none of both, it is the first frame outside
     * generated code, the JDK and the listed libraries; -1 if there is none.
     */
    int culprit(List<StackTraceElement> frames) {
        ProgramPackages known = program;
        int first = -1;
        for (int i = 0; i < frames.size(); i++) {
            String name = frames.get(i).getClassName();
            if (known.matches(name) && !isGenerated(name)) {
                return i;
            }
            boolean script = ScriptFrames.isScript(frames.get(i));
            boolean mayBeCulprit = first < 0 && (script || isUnlisted(frames.get(i)));
            if (!named && (script || (mayBeCulprit && known.isUnplaced(name)))) {
                return i;
            }
            first = mayBeCulprit ? i : first;
        }
        return first;
    }

    /**
     * Index of the innermost frame of a library among these, which have no frame of the program: the first one outside
     * the JDK, generated code and the calls of a language's runtime. It names the library and the call that got the
     * socket. A frame of Netty's transports counts if there is no other. Null if there is none at all.
     */
    @Nullable Integer innermostLibrary(List<StackTraceElement> frames) {
        Integer transport = null;
        for (int i = 0; i < frames.size(); i++) {
            String name = frames.get(i).getClassName();
            if (!JDK.matches(name) && !isGenerated(name) && !ScriptFrames.isCall(name)) {
                if (!isTransport(name)) {
                    return i;
                }
                transport = transport == null ? (Integer) i : transport;
            }
        }
        return transport;
    }

    /** Netty's pools are in the same package, and name the call as other libraries do. */
    private static boolean isTransport(String name) {
        return TRANSPORTS.matches(name) && !name.startsWith(NETTY_POOL);
    }

    private boolean isUnlisted(StackTraceElement frame) {
        String name = frame.getClassName();
        return !JDK.matches(name) && !isGenerated(name) && !isLibrary(name) && !ScriptFrames.isOfPackage(frame);
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

    /** The outermost frame outside the JDK; null if there is none. */
    private static @Nullable Integer entry(List<StackTraceElement> frames) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (!JDK.matches(frames.get(i).getClassName())) {
                return i;
            }
        }
        return null;
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

    /** Returns whether a framework generated the class around another one. */
    public static boolean isGenerated(String name) {
        for (String mark : GENERATED) {
            if (name.contains(mark)) {
                return true;
            }
        }
        return false;
    }
}
