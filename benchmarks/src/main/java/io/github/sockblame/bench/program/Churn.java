// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Opens, accepts, sends a byte each way and closes both ends, thirty calls deep; prints the processor time of the whole JVM for each
 * connection.
 *
 * <p>Arguments: streams or channels, threads, sockets held open beside, to warm up at least so
 * many connections and at least so many milliseconds, then milliseconds measured.
 */
public final class Churn {

    /** Calls of this class below the opening; with those of the thread below and those of the JDK above it is about thirty. */
    private static final int DEPTH = 24;

    /** Each worker's listeners take turns. */
    private static final int LISTENERS = 4;

    private static final LongAdder DONE = new LongAdder();

    private static volatile boolean over;

    private Churn() {}

    public static void main(String[] arguments) throws Exception {
        String kind = arguments[0];
        int threads = Integer.parseInt(arguments[1]);
        HeldConnections heldConnections = new HeldConnections(2);
        heldConnections.growTo(Integer.parseInt(arguments[2]));
        long warmUp = Long.parseLong(arguments[3]);
        long warmUpMillis = Long.parseLong(arguments[4]);
        long millis = Long.parseLong(arguments[5]);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        CountDownLatch begun = new CountDownLatch(threads);
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Callable<Void> worker = () -> work(kind, number, begun);
            all.add(workers.submit(worker));
        }
        begun.await();
        long began = System.nanoTime();
        while (DONE.sum() < warmUp || System.nanoTime() - began < warmUpMillis * 1_000_000) {
            if (all.stream().anyMatch(Future::isDone)) {
                break; // one has failed
            }
            Thread.sleep(1);
        }
        CpuTime cpuTime = new CpuTime();
        long cpu = cpuTime.nanos();
        long time = System.nanoTime();
        long done = DONE.sum();
        Thread.sleep(millis); // the argument is a time
        cpu = cpuTime.nanos() - cpu;
        time = System.nanoTime() - time;
        done = DONE.sum() - done;
        over = true;
        workers.shutdown();
        for (Future<Void> worker : all) {
            worker.get(); // a connection that failed is a failed run
        }
        System.out.println("figure connections " + done);
        System.out.println("figure cpu.micros " + cpu / 1e3 / done);
        System.out.println("figure wall.micros " + time / 1e3 / done);
        System.out.println("held " + heldConnections.size());
    }

    private static Void work(String kind, int number, CountDownLatch begun) throws IOException {
        Pair[] pairs = new Pair[LISTENERS];
        for (int i = 0; i < LISTENERS; i++) {
            pairs[i] = Pair.of(kind, Pair.loopback(number * LISTENERS + i));
        }
        begun.countDown();
        int turn = 0;
        while (!over) {
            once(pairs[turn++ % LISTENERS], DEPTH);
            DONE.increment();
        }
        for (Pair pair : pairs) {
            pair.close();
        }
        return null;
    }

    private static void once(Pair pair, int depth) throws IOException {
        if (depth > 0) {
            once(pair, depth - 1);
            return;
        }
        pair.open();
        pair.pingPong();
        pair.closeBoth();
    }
}
