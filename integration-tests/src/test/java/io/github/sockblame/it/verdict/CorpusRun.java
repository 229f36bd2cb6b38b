// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.verdict.CorpusCase.Outcome;
import io.github.sockblame.it.verdict.CorpusProgram.Surroundings;
import io.github.sockblame.report.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * How a program is played: the agent's options, and how long its reports are read.
 *
 * @param options of the agent
 * @param grace its grace period
 * @param mark what the name of a case ends with; empty for a short grace period
 * @param firstRange the number of the addresses of the first program; each has one of its own
 * @param betweenReports the time between two reports
 */
record CorpusRun(String options, Duration grace, String mark, int firstRange, Duration betweenReports) {

    static final CorpusRun SHORT_GRACE =
            new CorpusRun("grace=200ms", Duration.ofMillis(200), "", 100, Duration.ofMillis(400));

    static final CorpusRun DEFAULT_OPTIONS =
            new CorpusRun("", Duration.ofSeconds(5), " (default options)", 150, Duration.ofSeconds(3));

    private static final String PROGRAMS = Peer.class.getPackageName() + ".";

    /** After so many grace periods an agent judges everything. */
    private static final int PATIENCE = 12;

    /** For the rounds of the agent after that. */
    private static final Duration ROUNDS = Duration.ofSeconds(4);

    /** For a slow machine. */
    private static final Duration AT_MOST_MORE = Duration.ofSeconds(30);

    /** How many of them may start at once. */
    private static final Semaphore STARTING = new Semaphore(3);

    /**
     * What the reports contained.
     *
     * @param outcomes of each case
     * @param otherLeaks leaks that belong to no case
     * @param libraries classes of libraries that a report blames
     */
    record Played(List<Outcome> outcomes, List<String> otherLeaks, List<String> libraries) {}

    /** Plays it, and gives the outcome of each case. */
    Played of(CorpusProgram program) throws Exception {
        int range = firstRange + program.ordinal();
        try (Surroundings surroundings = program.start(range);
                TargetProcess target = start(program, range, surroundings)) {
            List<CorpusCase> cases = CorpusCase.printedIn(target.printed(), mark);
            assertThat(cases).as("cases of %s", program).isNotEmpty();
            CorpusWatch watch = new CorpusWatch(cases);
            ReportView report = judged(target, watch, cases);
            return new Played(watch.outcomes(report), leaksOfNoCase(report, cases), culpritsOfLibraries(report));
        }
    }

    private TargetProcess start(CorpusProgram program, int range, Surroundings surroundings) throws Exception {
        STARTING.acquire();
        try {
            return TargetJvm.of(TargetJdks.all().get(0), program.type())
                    .carrying(TestEnvironment.jars("corpus"))
                    .arguments(surroundings.arguments().toArray(String[]::new))
                    .jvm(
                            "-Dcorpus.range=" + range,
                            "-Dcorpus.grace=" + grace.toMillis(),
                            "-Dlongest.life=300",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off")
                    .watched(options)
                    .start()
                    .awaitCheckpoint("standing");
        } finally {
            STARTING.release();
        }
    }

    /** A report after every patience, in which each case has its verdict; the ones before are watched. */
    private ReportView judged(TargetProcess target, CorpusWatch watch, List<CorpusCase> cases) throws Exception {
        long since = System.nanoTime();
        Duration enough = grace.multipliedBy(PATIENCE).plus(ROUNDS);
        while (true) {
            ReportView report = target.report();
            watch.add(report);
            Duration passed = Duration.ofNanos(System.nanoTime() - since);
            boolean judged = cases.stream().allMatch(one -> one.hasVerdicts(report));
            if (passed.compareTo(enough) > 0 && (judged || passed.compareTo(enough.plus(AT_MOST_MORE)) > 0)) {
                return report; // a case without a verdict is not as expected
            }
            LockSupport.parkNanos(betweenReports.toNanos());
        }
    }

    private static List<String> leaksOfNoCase(ReportView report, List<CorpusCase> cases) {
        return report.report().sockets().stream()
                .filter(socket -> socket.verdict().isLeak()
                        && cases.stream().noneMatch(one -> one.has(socket) || one.hasOtherSide(socket)))
                .map(socket -> socket.verdict() + " of " + socket.local() + " to " + socket.remote() + " opened at\n"
                        + report.stack(socket.opened()))
                .toList();
    }

    /** Library frames where the program's frame should be. Libraries that the list of differences has are left out. */
    private static List<String> culpritsOfLibraries(ReportView report) {
        return report.report().stacks().stream()
                .map(Stack::culpritFrame)
                .filter(Objects::nonNull)
                .map(frame -> frame.className())
                .filter(name -> !name.startsWith(PROGRAMS) && !KnownDifferences.isOfUnlistedLibrary(name))
                .distinct()
                .toList();
    }
}
