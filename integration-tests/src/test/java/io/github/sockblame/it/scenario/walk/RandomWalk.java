// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens and ends sockets of every kind in every way, several at once, in an order that the seed decides; and after each step holds
 * the agent's report against the kernel. Arguments: seed, number of steps, most deeds in one step, a folder.
 */
public final class RandomWalk {

    private static final int STEP_SECONDS = 60;

    private final Coverage coverage = new Coverage();
    private final WalkState walkState = new WalkState();

    private RandomWalk() {}

    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        int most = Integer.parseInt(arguments[2]);
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        System.out.println("seed\t" + seed);
        boolean equal = new RandomWalk().walk(new Random(seed), steps, most, folder);
        System.out.flush();
        System.exit(equal ? 0 : 1); // clients and servers of the JDK would go on for a while
    }

    private boolean walk(Random random, int steps, int most, Path folder) throws Exception {
        try (FailedConnects failedConnects = new FailedConnects();
                Services services = new Services()) {
            SeededChoice seededChoice = new SeededChoice(random, walkState, folder, failedConnects, services);
            Invariant invariant = new Invariant(walkState);
            for (int step = 1; step <= steps; step++) {
                List<String> deeds = step(seededChoice.draw(most));
                walkState.settle();
                List<String> differences = invariant.differences();
                if (!differences.isEmpty()) {
                    System.out.println("step " + step + " " + deeds + "\n" + String.join("\n", differences) + "\n"
                            + invariant.text());
                    return false;
                }
                if (step % 1000 == 0) {
                    System.out.println("step " + step);
                }
            }
            coverage.print();
            System.out.println("steps\t" + steps);
            System.out.println("deeds\t" + coverage.total());
            System.out.println("deeds in virtual threads\t" + coverage.virtual());
            System.out.println("second looks\t" + invariant.looksAgain());
            System.out.println("differences\t0");
            return true;
        }
    }

    /** Does them all at once, each in a thread of its own. */
    private List<String> step(List<Action> deeds) throws Exception {
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (Action action : deeds) {
            FutureTask<Boolean> task = new FutureTask<>(() -> perform(action));
            tasks.add(task);
            Threads.start(action.virtual(), "walker", task);
        }
        for (FutureTask<Boolean> task : tasks) {
            await(task, deeds);
        }
        return deeds.stream().map(Action::toString).toList();
    }

    private boolean perform(Action action) throws Exception {
        try {
            action.body().run();
            coverage.done(action);
            return true;
        } catch (IOException e) {
            coverage.failed(action, e);
            return false;
        }
    }

    private static void await(FutureTask<Boolean> task, List<Action> deeds) throws Exception {
        try {
            boolean unused = task.get(STEP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("in " + deeds, e);
        } catch (TimeoutException e) {
            Thread.getAllStackTraces().forEach((thread, stack) -> System.out.println(thread + " " + List.of(stack)));
            throw new IllegalStateException("does not end: " + deeds, e);
        }
    }
}
