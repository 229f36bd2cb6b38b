// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one copy of each stack for as long as a record names it, and one object for each distinct frame of them.
 *
 * <p>Their memory has a limit. Above the limit a new stack loses frames in the middle, as a {@link StackCut} selects.
 * Above twice the limit a new stack is discarded. The memory of a stack is free again when the garbage collector has
 * taken it. If memory is scarce before that, the stacks that no {@link StackHolder} has any longer are forgotten.
 *
 * <p>Only the agent's own threads and those that request a report come here, never a thread of the program, so a
 * monitor does no harm.
 */
public final class StackInterner {

    /** A cut that saves less is not worth its loss. */
    private static final int LEAST_OMITTED = 8;

    /** The holders mark their stacks again when new stacks have needed this share of the limit. */
    private static final int MARKING_SHARE = 32;

    /** The frames are counted anew when so many stacks are gone, or as many as are left. */
    private static final int LEAST_GONE = 64;

    /** The depth before the first stack: deeper than most. */
    private static final int FIRST_DEPTH = 96;

    /** HotSpot records the frames of an unresolved stack in chunks of 32, with 21 bytes for each frame. */
    private static final int CHUNK_FRAMES = 32;

    private static final int CHUNK_BYTES = 680;

    /** The part of the free heap that the unresolved stacks may take, as a divisor. */
    private static final int FREE_SHARE_DIVISOR = 4;

    /** They may take this part of the limit although no heap seems to be free: it is little, and the estimate is careful. */
    private static final int LEAST_SHARE_DIVISOR = 16;

    private static final int UNRESOLVED_BYTES = 128;

    private final WeakStacks stacks = new WeakStacks();
    private final FramePool frames = new FramePool();
    private long limit = Long.MAX_VALUE / 4;
    private @Nullable StackCut cut;
    private long needed;
    private long stackCount;
    private long frameCount;
    private double usualDepth = FIRST_DEPTH;
    private int gone;
    private int mark;
    private long cutCount;
    private long discardedCount;

    /**
     * Limits the memory from now on.
     *
     * @param maxBytes the limit, at least 1
     * @param stackCut selects the frames that are left above the limit
     */
    public synchronized void setLimit(long maxBytes, StackCut stackCut) {
        limit = maxBytes;
        cut = stackCut;
    }

    /** Returns the copy of this stack that is kept, or what is kept in its place: a part of it, or a stack without frames. */
    synchronized CallStack intern(CallStack stack) {
        if (!stack.isCaptured()) {
            return stack;
        }
        stackCount++;
        frameCount += stack.depth();
        releaseCollected();
        CallStack known = find(stack);
        if (known != null) {
            return known;
        }
        needed += WeakStacks.bytesOf(stack);
        if (fits(stack, limit)) {
            return keep(stack);
        }
        CallStack shorter = shorten(stack);
        CallStack knownShorter = find(shorter);
        if (knownShorter != null) {
            return knownShorter;
        }
        if (!fits(shorter, 2 * limit)) {
            discardedCount++;
            return CallStack.NONE;
        }
        cutCount += shorter.equals(stack) ? 0 : 1;
        return keep(shorter);
    }

    private @Nullable CallStack find(CallStack stack) {
        CallStack known = stacks.find(stack);
        if (known != null) {
            known.mark = mark; // it may get a new holder while the marks are set
        }
        return known;
    }

    private CallStack keep(CallStack stack) {
        frames.share(stack.frameArray());
        stacks.add(stack);
        stack.mark = mark;
        return stack;
    }

    private CallStack shorten(CallStack stack) {
        StackCut selection = cut;
        if (selection == null) {
            return stack;
        }
        BitSet kept = selection.framesToKeep(stack.frameArray());
        return stack.depth() - kept.cardinality() < LEAST_OMITTED ? stack : stack.keeping(kept);
    }

    private boolean fits(CallStack stack, long max) {
        long left = max - used() - WeakStacks.bytesOf(stack);
        return left >= FramePool.FRAME_BYTES * stack.depth()
                || left >= FramePool.FRAME_BYTES * frames.countNew(stack.frameArray());
    }

    private long used() {
        return stacks.bytes() + FramePool.FRAME_BYTES * frames.size();
    }

    /** Frees the memory of the stacks that the garbage collector has taken. */
    private void releaseCollected() {
        gone += stacks.removeCollected();
        if (gone >= Math.max(LEAST_GONE, stacks.size())) {
            recountFrames();
        }
    }

    private void recountFrames() {
        gone = 0;
        frames.clear();
        stacks.forEach(new Consumer<>() {
            @Override
            public void accept(CallStack stack) {
                frames.share(stack.frameArray());
            }
        });
    }

    /**
     * If memory is scarce, forgets the stacks that none of these holders has. If one of them is in use elsewhere, its
     * memory is no longer counted.
     */
    public void releaseUnused(List<? extends StackHolder> holders) {
        if (!startMarks()) {
            return;
        }
        Consumer<CapturedEvent> marker = new Consumer<>() {
            @Override
            public void accept(CapturedEvent event) {
                mark(event);
            }
        };
        for (StackHolder holder : holders) {
            holder.visitEvents(marker);
        }
        releaseUnmarked();
    }

    /** Begins new marks; false if there is memory enough. */
    private synchronized boolean startMarks() {
        releaseCollected();
        if (used() < limit - limit / 4 || needed < limit / MARKING_SHARE) {
            return false;
        }
        mark++;
        needed = 0;
        return true;
    }

    private synchronized void mark(CapturedEvent event) {
        CallStack stack = event.resolved();
        if (stack != null && stack.isCaptured()) {
            stack.mark = mark;
        }
    }

    private synchronized void releaseUnmarked() {
        stacks.removeIf(new Predicate<>() {
            @Override
            public boolean test(CallStack stack) {
                return stack.mark != mark;
            }
        });
        recountFrames();
    }

    /**
     * Returns how many unresolved stacks use as much memory as the resolved ones may at most, or as there is, if they
     * are as deep as the latest ones.
     */
    synchronized long mostUnresolved(long freeBytes) {
        if (stackCount > 0) {
            double depth = (double) frameCount / stackCount;
            usualDepth = Math.max(depth, (usualDepth + depth) / 2); // deeper at once, and less deep step by step
            stackCount = 0;
            frameCount = 0;
        }
        long bytes = Math.min(2 * limit, Math.max(limit / LEAST_SHARE_DIVISOR, freeBytes / FREE_SHARE_DIVISOR));
        return bytes / (UNRESOLVED_BYTES + CHUNK_BYTES * (1 + (long) usualDepth / CHUNK_FRAMES));
    }

    /**
     * Lets this capturer take as many stacks until the next call as there is memory for.
     *
     * @param freeBytes the bytes of the heap that are free
     */
    public void allowStacks(StackCapturer capturer, long freeBytes) {
        capturer.allowUnresolved(Math.max(1, mostUnresolved(freeBytes)));
    }

    /** The memory in use. */
    public synchronized StackUsage usage() {
        releaseCollected();
        return new StackUsage(limit, used(), cutCount, discardedCount);
    }

    synchronized int size() {
        releaseCollected();
        return stacks.size();
    }
}
