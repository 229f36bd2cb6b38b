// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program does with a library, case by case; all its cases stand side by side in the end. Each is printed with what is to be said
 * of it and with an address that is its alone, so that its connections are known by their remote address.
 */
final class Cases {

    /** No verdict that is a leak. */
    private static final String NO_LEAK = "no leak";

    /** The peer has left a connection that nobody needed just then. */
    private static final String NO_LEAK_OR_STALE = "no leak or STALE";

    /** No verdict that is a leak, but for one that is <em>possible</em>: nothing shows whether an answer will come. */
    private static final String NO_LEAK_OR_POSSIBLE = "no leak, or possible";

    /** No verdict that is a leak, and connections that come and go as long as the program stands. */
    private static final String NO_LEAK_AT_ANY_TIME = "no leak at any time";

    private static final String NOBODY = "-";

    /** With a longer grace period, last-use tracking of a place begins only after a minute. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    private final List<Object> held = new ArrayList<>();
    private String library = "";
    private int cases;

    /** What a case does. */
    interface Act {

        /** Does it, and gives what must stay reachable; null if nothing must. */
        @Nullable Object play(CaseScope caseScope) throws Exception;
    }

    /** The next cases are about this part of the JDK. */
    Cases about(String partOfJdk) {
        library = partOfJdk;
        return this;
    }

    /** The next cases are about this library, in the version of the jar with this class of its. */
    Cases about(String name, Class<?> inside) {
        return about(name + " " + Versions.ofJarWith(inside));
    }

    /**
     * A program that leaks.
     *
     * @param what what it does, in the words of the table
     * @param verdict the word of the verdict that is true of it
     * @param culprit the frame to blame, as {@code Class.method}
     */
    Cases leak(String what, String verdict, String culprit, Act act) {
        return play(what, verdict, culprit, act);
    }

    /**
     * A program that leaks again and again: the second time comes when the agent looks closer at the place where the first one was opened.
     *
     * With a long grace period this takes too long, and the case is left out.
     *
     * @param place a part of that place's frame; the parameters otherwise as in {@link #leak}
     */
    Cases leakAgain(String what, String verdict, String culprit, String place, Act act) {
        if (CaseScope.grace().compareTo(SHORT_GRACE) > 0) {
            cases++;
            return this;
        }
        return play(what, verdict, culprit, caseScope -> {
            for (int i = 0; i < 2; i++) { // the stacks shall differ in nothing
                if (i > 0) {
                    CaseScope.await(
                            "a closer look at " + place,
                            () -> WatchingAgent.places().contains(place));
                    // The look may have begun for another case. Unseen, the end of the first one counts as later.
                    CaseScope.await("the end of the first one", () -> WatchingAgent.hasSeenEnd(caseScope.address()));
                    caseScope.again();
                }
                held.add(requireNonNull(act.play(caseScope)));
            }
            return null;
        });
    }

    /** A program that does as it should. */
    Cases proper(String what, Act act) {
        return play(what, NO_LEAK, NOBODY, act);
    }

    /** A program that does as it should, and has connections at rest that the peer closed. */
    Cases leftAtRest(String what, Act act) {
        return play(what, NO_LEAK_OR_STALE, NOBODY, act);
    }

    /** A program that does as it should. Nothing shows whether it ever does what it waits for. */
    Cases undecided(String what, Act act) {
        return play(what, NO_LEAK_OR_POSSIBLE, NOBODY, act);
    }

    /** A program that does as it should, and goes on with it as long as it stands. */
    Cases goingOn(String what, Act act) {
        return play(what, NO_LEAK_AT_ANY_TIME, NOBODY, act);
    }

    private Cases play(String what, String expected, String culprit, Act act) {
        CaseScope caseScope = new CaseScope(++cases);
        held.add(caseScope);
        try {
            Object more = act.play(caseScope);
            if (more != null) {
                held.add(more);
            }
        } catch (Throwable e) {
            System.out.println("failed: " + library + ", " + what);
            e.printStackTrace();
            System.exit(1);
        }
        System.out.println(String.join("\t", "case", library, what, expected, culprit, caseScope.address()));
        return this;
    }

    /** Waits with all of them as they are. */
    void stand() throws IOException {
        Checkpoint.reached("standing", held);
        System.exit(0); // pools and event loops may have threads that are no daemons
    }
}
