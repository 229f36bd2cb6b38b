// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import io.github.sockblame.it.verdict.CorpusRun.Played;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Plays programs beside the tests. A program that failed is played anew by the test that runs again. */
final class CorpusInBackground {

    private final CorpusRun run;
    private final ExecutorService executor;
    private final Map<CorpusProgram, Future<Played>> played = new EnumMap<>(CorpusProgram.class);
    private boolean started;

    CorpusInBackground(CorpusRun run, int atOnce) {
        this.run = run;
        executor = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "corpus in background");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to play them, the first time that this is called. */
    synchronized void start(List<CorpusProgram> programs) throws Exception {
        if (started) {
            return;
        }
        started = true;
        for (CorpusProgram program : programs) {
            if (program.tool().isEmpty() || program.tool().get().isHere()) {
                played.put(program, executor.submit(() -> run.of(program)));
            }
        }
    }

    /** What was seen of it; every outcome is given once. */
    Played of(CorpusProgram program) throws Exception {
        Future<Played> result = take(program);
        return result == null ? run.of(program) : result.get();
    }

    private synchronized @Nullable Future<Played> take(CorpusProgram program) {
        return played.remove(program);
    }
}
