// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StackInternerTest {

    private static final int DEPTH = 50;
    private static final long LIMIT = 40_000;

    /** The first and the last two frames. */
    private static final StackCut ENDS = frames -> {
        BitSet kept = new BitSet();
        kept.set(0, 2);
        kept.set(frames.length - 2, frames.length);
        return kept;
    };

    private final StackInterner interner = new StackInterner();
    private final List<CapturedEvent> held = new ArrayList<>();

    @Test
    void equalFramesOfDifferentStacksAreOneObject() {
        CallStack first = intern(1);
        CallStack second = intern(2);

        assertThat(second).isNotEqualTo(first);
        assertThat(second.frames().get(7)).isSameAs(first.frames().get(7));
        assertThat(used()).isEqualTo(bytes(first, second));
    }

    @Test
    void aStackAboveTheLimitLosesItsMiddle() {
        interner.setLimit(LIMIT, ENDS);
        CallStack whole = intern(0);
        int last = 0;
        while (used() <= LIMIT - 2 * WeakStacks.bytesOf(whole)) {
            last++;
            assertThat(intern(last).gaps()).isEmpty();
        }
        CallStack cut = intern(last + 1);
        if (cut.gaps().length == 0) {
            cut = intern(last + 2);
        }

        assertThat(cut.frames()).hasSize(4);
        assertThat(cut.gaps()).containsExactly(2, DEPTH - 4);
        assertThat(interner.usage().cut()).isEqualTo(1);
        assertThat(intern(last))
                .as("a stack that is kept whole")
                .isSameAs(held.get(last).stack());
    }

    @Test
    void theSamePartOfTwoStacksIsOneObject() {
        interner.setLimit(1_100, ENDS);
        StackTraceElement[] one = frames(1);
        StackTraceElement[] other = one.clone();
        other[20] = new StackTraceElement("com.acme.Other", "call", null, 1);
        CallStack cut = interner.intern(new CallStack(one));

        assertThat(cut.gaps()).isNotEmpty();
        assertThat(interner.intern(new CallStack(other))).isSameAs(cut);
        assertThat(interner.usage().cut()).isEqualTo(1);
    }

    @Test
    void aStackAboveTwiceTheLimitIsDiscarded() {
        interner.setLimit(LIMIT, ENDS);
        for (int i = 0; interner.usage().discarded() == 0; i++) {
            intern(i);
        }

        assertThat(used()).isBetween(2 * LIMIT - 1000, 2 * LIMIT);
        assertThat(held.get(held.size() - 1).hasStack()).isFalse();
        assertThat(held.get(held.size() - 1).isResolved()).isTrue();
        assertThat(held.get(held.size() - 1).stack().gaps()).isEmpty();
    }

    @Test
    void stacksThatNoHolderHasMakeRoom() {
        interner.setLimit(LIMIT, ENDS);
        for (int i = 0; interner.usage().discarded() == 0; i++) {
            intern(i);
        }
        List<CapturedEvent> all = new ArrayList<>(held); // what no holder has may still be in use
        held.subList(0, held.size() - 5).clear();
        interner.releaseUnused(List.of(this::visit));

        assertThat(interner.size()).isEqualTo(4); // one of the five was discarded
        assertThat(used()).isEqualTo(bytes(stacks(held)));
        CallStack fresh = intern(100_000);
        assertThat(fresh.gaps()).isEmpty();
        assertThat(all).hasSizeGreaterThan(100);
    }

    @Test
    void theDepthOfTheLatestStacksDecidesHowManyMayBeUnresolved() {
        interner.setLimit(LIMIT, ENDS);
        long first = interner.mostUnresolved(Long.MAX_VALUE);
        CallStack unused = interner.intern(new CallStack(frames(1, 1000)));
        long deep = interner.mostUnresolved(Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            unused = interner.intern(new CallStack(frames(i, 10)));
        }
        long lessDeep = interner.mostUnresolved(Long.MAX_VALUE);

        assertThat(deep).isEqualTo(2 * LIMIT / (128 + 680 * 32)).isLessThan(first);
        assertThat(lessDeep).isGreaterThan(deep).isLessThan(2 * LIMIT / (128 + 680));
        assertThat(interner.mostUnresolved(Long.MAX_VALUE))
                .as("without a new stack")
                .isEqualTo(lessDeep);
    }

    @Test
    void unresolvedStacksTakeAPartOfTheFreeHeapAndNeverMoreThanTwiceTheLimit() {
        interner.setLimit(64 * LIMIT, ENDS);
        long most = interner.mostUnresolved(Long.MAX_VALUE);

        assertThat(interner.mostUnresolved(8 * 64 * LIMIT)).isEqualTo(most);
        assertThat(interner.mostUnresolved(64 * LIMIT)).isEqualTo(most / 8);
        assertThat(interner.mostUnresolved(0)).as("with no free heap").isEqualTo(most / 32);
    }

    @Test
    void whileThereIsRoomNothingIsForgotten() {
        interner.setLimit(LIMIT, ENDS);
        CallStack kept = intern(1);
        interner.releaseUnused(List.of());

        assertThat(interner.intern(new CallStack(frames(1)))).isSameAs(kept);
    }

    @Test
    void collectedStacksAndTheirFramesMakeRoom() {
        interner.setLimit(100 * LIMIT, ENDS);
        for (int i = 0; i < 500; i++) {
            intern(i);
        }
        long before = used();
        held.subList(1, held.size()).clear();
        CallStack left = held.get(0).stack();

        assertThat(AwaitGc.until(() -> interner.size() == 1)).isTrue();
        assertThat(used()).isLessThan(before / 10).isEqualTo(bytes(left));
    }

    /** Whatever is captured and closed: the memory is what the holders have, whole below the limit, and never twice it. */
    @Test
    void theMemoryIsThatOfTheStacksInUse() {
        interner.setLimit(LIMIT, ENDS);
        Random random = new Random(15);
        Map<Integer, CallStack> byNumber = new HashMap<>();
        int discarded = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(100) < 60) {
                int number = random.nextInt(400);
                CallStack stack = intern(number);
                discarded += stack.isCaptured() ? 0 : 1;
                CallStack known = byNumber.get(number);
                if (known != null && known.isCaptured() && isHeld(known)) {
                    assertThat(stack.frames().get(0)).isEqualTo(known.frames().get(0));
                }
                byNumber.put(number, stack);
            } else if (!held.isEmpty()) {
                held.remove(random.nextInt(held.size()));
                if (random.nextInt(2000) == 0) {
                    held.clear();
                }
            }
            if (step % 50 == 0) {
                interner.releaseUnused(List.of(this::visit));
            }
            assertThat(used()).isLessThanOrEqualTo(2 * LIMIT);
            assertThat(used()).isGreaterThanOrEqualTo(0);
        }
        interner.setLimit(1, ENDS); // scarce in any case
        interner.releaseUnused(List.of(this::visit));

        assertThat(used()).isEqualTo(bytes(stacks(held)));
        assertThat(interner.usage().cut()).isPositive();
        assertThat(interner.usage().discarded()).isEqualTo(discarded);
    }

    private boolean isHeld(CallStack stack) {
        return held.stream().anyMatch(event -> event.stack().equals(stack));
    }

    private void visit(Consumer<CapturedEvent> visitor) {
        held.forEach(visitor);
    }

    private CallStack intern(int number) {
        CapturedEvent event = SampleEvent.of(interner.intern(new CallStack(frames(number))), "main", 1, 1);
        held.add(event);
        return event.stack();
    }

    /** The frames of one path through two methods: a bit of the number for each of the outermost frames. */
    private static StackTraceElement[] frames(int number) {
        return frames(number, DEPTH);
    }

    private static StackTraceElement[] frames(int number, int depth) {
        StackTraceElement[] frames = new StackTraceElement[depth];
        frames[0] = new StackTraceElement("com.acme.Open", "open" + number % 100, null, 1);
        for (int i = 1; i < depth; i++) {
            String method = (number >> Math.min(30, depth - i) & 1) == 0 ? "a" : "b";
            frames[i] = new StackTraceElement("com.acme.Rules", method, null, i);
        }
        frames[1] = new StackTraceElement("com.acme.Open", "step", null, number + 1);
        return frames;
    }

    private long used() {
        return interner.usage().usedBytes();
    }

    private static CallStack[] stacks(List<CapturedEvent> events) {
        return events.stream()
                .map(CapturedEvent::stack)
                .filter(CallStack::isCaptured)
                .toArray(CallStack[]::new);
    }

    /** The memory of these stacks and their frames, each counted once. */
    private static long bytes(CallStack... stacks) {
        Set<CallStack> distinct = new HashSet<>(List.of(stacks));
        Set<StackTraceElement> frames = new HashSet<>();
        long bytes = 0;
        for (CallStack stack : distinct) {
            frames.addAll(stack.frames());
            bytes += WeakStacks.STACK_BYTES
                    + WeakStacks.REFERENCE_BYTES * stack.frames().size();
        }
        return bytes + FramePool.FRAME_BYTES * frames.size();
    }
}
