// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.sabotage.Sabotage;
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.kind.BlockingChannels;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.kind.SelectedChannels;
import io.github.sockblame.it.scenario.netty.NettyTalk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Lets each method of a sabotaged agent fail in turn, with each of several errors, and says how often that was, how often the program was
 * the same, and what came otherwise.
 */
public final class Sabotaged {

    private static final List<String> ERRORS = List.of(
            "java.lang.IllegalStateException",
            "java.lang.OutOfMemoryError",
            "java.lang.StackOverflowError",
            "java.lang.NoClassDefFoundError");

    private static final long PATIENCE_MILLIS = 20_000;

    /** Where the watch thread stands still: at one of so many methods, for that takes long. */
    private static final int EACH = 5;

    /** So many methods are a part of the whole. */
    private static final int PART = 20;

    /** How often it is followed by another one, and once more. */
    private static final int DEATHS = 10;

    private final Exercises exercises;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName agent = new ObjectName("io.github.sockblame:type=Sockblame");

    private Sabotaged(Path folder) throws JMException {
        exercises = new Exercises(folder);
    }

    /**
     * Runs.
     *
     * @param arguments a folder of its own, and on whose threads the agent should fail
     */
    public static void main(String[] arguments) throws Exception {
        Sabotaged sabotaged = new Sabotaged(Path.of(arguments[0]));
        sabotaged.awaitAgent();
        List<Object> held = List.of(new BlockingSockets(), new BlockingChannels(), new SelectedChannels());
        switch (arguments[1]) {
            case "program" -> sabotaged.failOnProgramsThreads(sabotaged.exercises.all(), ERRORS.size());
            case "classic" -> sabotaged.failOnProgramsThreads(sabotaged.exercises.all(), 1);
            case "netty" -> sabotaged.failOnProgramsThreads(Map.of("Netty", new NettyTalk()::once), 1);
            case "asker" -> sabotaged.failWhoeverAsks();
            case "watch" -> sabotaged.failOnTheWatchThread();
            case "stopped" -> sabotaged.stopTheWatchThread();
            case "killed" -> sabotaged.killTheWatchThread();
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        Checkpoint.reached("done", held);
    }

    private void awaitAgent() throws JMException {
        while (!server.isRegistered(agent)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** What one kind of failure came to. */
    private final class Tally {
        final Set<String> struck = new TreeSet<>();
        final Map<String, Set<String>> uncounted = new TreeMap<>();
        final List<String> otherwise = new ArrayList<>();
        int failures;
        int parts;

        /** Now and then, so that whoever waits for it sees that it goes on. */
        void rest() throws IOException {
            if (++parts % PART == 0) {
                Checkpoint.reached("part " + parts / PART);
            }
        }

        /** One after the other. */
        String nextError() {
            return ERRORS.get(failures % ERRORS.size());
        }

        /** Lets this method fail while that is done, and counts if it did. */
        void fail(String site, String error, boolean agentsThreads, Callable<String> work) throws Exception {
            int strikes = Sabotage.strikes();
            long errors = internalErrors();
            Sabotage.arm(site, agentsThreads, () -> Sabotage.errorNamed(error));
            String differs;
            try {
                differs = work.call();
            } finally {
                Sabotage.disarm();
            }
            if (Sabotage.strikes() == strikes) {
                return; // it was not called this time
            }
            failures++;
            struck.add(site);
            if (internalErrors() == errors) {
                uncounted.computeIfAbsent(site, unused -> new TreeSet<>()).add(error);
            }
            if (!differs.isEmpty()) {
                otherwise.add(site + ", " + error + ": " + differs);
            }
        }

        void print() {
            struck.forEach(site -> System.out.println("STRUCK " + site));
            uncounted.forEach((site, errors) -> System.out.println("UNCOUNTED " + site + " " + errors));
            otherwise.forEach(what -> System.out.println("OTHERWISE " + what.replace('\n', '/')));
            System.out.println("methods " + struck.size());
            System.out.println("failures " + failures);
            System.out.println("otherwise " + otherwise.size());
        }
    }

    private void failOnProgramsThreads(Map<String, Callable<String>> programs, int errors) throws Exception {
        Tally tally = new Tally();
        for (Map.Entry<String, Callable<String>> exercise : programs.entrySet()) {
            Callable<String> work = exercise.getValue();
            work.call();
            String expected = work.call();
            Sabotage.record(false);
            String again = work.call();
            Set<String> sites = Sabotage.recorded();
            if (!again.equals(expected)) {
                throw new AssertionError(exercise.getKey() + " is not the same each time: " + expected + again);
            }
            sites.removeAll(tally.struck);
            for (String site : sites) {
                tally.rest();
                for (int i = 0; i < errors; i++) {
                    tally.fail(site, tally.nextError(), false, () -> difference(expected, work));
                }
            }
        }
        tally.print();
    }

    private static String difference(String expected, Callable<String> work) {
        try {
            String said = work.call();
            return said.equals(expected) ? "" : "it said " + said;
        } catch (Throwable t) {
            return "it failed with " + t;
        }
    }

    private void failWhoeverAsks() throws Exception {
        Tally tally = new Tally();
        for (String operation : List.of("reportText", "reportJson", "summaryJson")) {
            Callable<Object> ask = () -> server.invoke(agent, operation, new Object[0], new String[0]);
            ask.call();
            Sabotage.record(false);
            ask.call();
            Set<String> sites = Sabotage.recorded();
            sites.removeAll(tally.struck);
            for (String site : sites) {
                tally.rest();
                tally.fail(site, tally.nextError(), false, () -> unlessAnsweredOrRefused(ask));
            }
        }
        tally.print();
    }

    /** An asker gets an answer, or the refusal that JMX has for that. */
    private static String unlessAnsweredOrRefused(Callable<Object> ask) {
        try {
            Object unused = ask.call();
            return "";
        } catch (JMException | javax.management.JMRuntimeException e) {
            return "";
        } catch (Throwable t) {
            return "it failed with " + t;
        }
    }

    private void failOnTheWatchThread() throws Exception {
        Tally tally = new Tally();
        for (String site : sitesOfTheWatchThread()) {
            tally.rest();
            tally.fail(site, tally.nextError(), true, () -> {
                awaitStrike();
                return "";
            });
        }
        tally.print();
    }

    private static Set<String> sitesOfTheWatchThread() {
        Sabotage.record(true);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
        while (until - System.nanoTime() > 0) {
            missAnEvent();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return Sabotage.recorded();
    }

    /** The agent reads all anew in the next round. */
    private static void missAnEvent() {
        try {
            java.lang.reflect.Field unheard = Class.forName("io.github.sockblame.probe.SocketProbe", true, null)
                    .getField("droppedEvents");
            unheard.setInt(null, unheard.getInt(null) + 1);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static void awaitStrike() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (Sabotage.isArmed() && until - System.nanoTime() > 0) {
            missAnEvent();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    /** Stops the watch thread in each of its methods, and meanwhile uses sockets: it holds nothing that they need. */
    private void stopTheWatchThread() throws Exception {
        Callable<String> work = exercises.all().values().iterator().next();
        String expected = work.call();
        int stopped = 0;
        int considered = 0;
        List<String> otherwise = new ArrayList<>();
        for (String site : sitesOfTheWatchThread()) {
            if (considered++ % EACH != 0) {
                continue;
            }
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch arrival = Sabotage.stopAt(site, gate);
            awaitStrike();
            if (arrival.getCount() == 0) {
                stopped++;
                @Nullable String differs = inTime(expected, work);
                if (differs != null) {
                    otherwise.add(site + ": " + differs);
                }
            }
            Sabotage.disarm();
            gate.countDown();
        }
        otherwise.forEach(what -> System.out.println("OTHERWISE " + what));
        System.out.println("stopped " + stopped);
        System.out.println("otherwise " + otherwise.size());
    }

    /** By an error in the very place that counts errors. */
    private void killTheWatchThread() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, error) -> System.out.println("UNCAUGHT in " + thread.getName() + ": " + error));
        for (int deaths = 0; deaths < DEATHS; deaths++) {
            kill();
        }
        long after = internalErrors();
        Sabotage.arm(System.getProperty("sabotage.round", ""), true, () -> Sabotage.errorNamed(ERRORS.get(0)));
        while (internalErrors() == after) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // so it is alive
        }
        Checkpoint.reached("alive");
        kill();
    }

    private void kill() throws JMException {
        long before = internalErrors();
        Sabotage.armToo(System.getProperty("sabotage.count", ""));
        Sabotage.arm(
                System.getProperty("sabotage.round", ""),
                true,
                () -> Sabotage.errorNamed("java.lang.StackOverflowError"));
        while (Sabotage.isArmed() || internalErrors() == before) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static @Nullable String inTime(String expected, Callable<String> work)
            throws InterruptedException, ExecutionException {
        FutureTask<String> task = new FutureTask<>(work);
        Peer.daemon("works", task).start();
        try {
            String said = task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return said.equals(expected) ? null : "it said " + said;
        } catch (TimeoutException e) {
            return "it waits for the agent";
        }
    }

    private long internalErrors() throws JMException {
        return (Long) server.getAttribute(agent, "InternalErrors");
    }
}
