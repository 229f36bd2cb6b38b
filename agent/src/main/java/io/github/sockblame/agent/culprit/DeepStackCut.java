// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import io.github.sockblame.agent.capture.StackCut;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Selects the frames of a deep stack on which an answer may depend: the inner ones down to the culprit and its callers,
 * the outermost ones, the innermost one of a library, and of the rest the first frame of each package. By the last ones a
 * pool and the user's filters are still found.
 */
public final class DeepStackCut implements StackCut {

    /** The outermost frames, which show what thread it is. */
    static final int OUTERMOST = 20;

    /** The least number of innermost frames. */
    static final int LEAST_INNERMOST = 20;

    /** The largest number of innermost frames. A culprit that is further out is kept with its callers alone. */
    static final int MOST_INNERMOST = 60;

    /** The callers of the culprit that stay with it. */
    static final int CALLERS = 5;

    /** The largest number of packages whose first frame stays. */
    static final int MOST_PACKAGES = 40;

    private final CulpritFinder culprits;

    public DeepStackCut(CulpritFinder culprits) {
        this.culprits = culprits;
    }

    @Override
    public BitSet framesToKeep(StackTraceElement[] frames) {
        List<StackTraceElement> all = Arrays.asList(frames);
        int own = frames.length - CulpritFinder.withoutAgent(all).size();
        List<StackTraceElement> ofProgram = all.subList(own, frames.length);
        BitSet kept = new BitSet(frames.length);
        int culprit = culprits.culprit(ofProgram);
        int inner = Math.min(MOST_INNERMOST, Math.max(LEAST_INNERMOST, culprit + 1 + CALLERS));
        kept.set(0, Math.min(frames.length, own + inner));
        kept.set(Math.max(0, frames.length - OUTERMOST), frames.length);
        if (culprit >= 0) {
            kept.set(own + culprit, Math.min(frames.length, own + culprit + 1 + CALLERS));
        }
        Integer library = culprits.innermostLibrary(culprit < 0 ? ofProgram : ofProgram.subList(0, culprit));
        if (library != null) {
            kept.set(own + library);
        }
        keepFirstOfEachPackage(frames, kept);
        return kept;
    }

    private static void keepFirstOfEachPackage(StackTraceElement[] frames, BitSet kept) {
        Set<String> packages = new HashSet<>();
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            packages.add(packageOf(frames[i]));
        }
        int most = packages.size() + MOST_PACKAGES;
        for (int i = kept.nextClearBit(0); i < frames.length && packages.size() < most; i = kept.nextClearBit(i + 1)) {
            if (packages.add(packageOf(frames[i]))) {
                kept.set(i);
            }
        }
    }

    private static String packageOf(StackTraceElement frame) {
        String name = frame.getClassName();
        int end = name.lastIndexOf('.');
        return end < 0 ? "" : name.substring(0, end);
    }
}
