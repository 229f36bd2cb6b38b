// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.demo;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The demo program: leaks in three ways, closes correctly in a fourth, prints a line, and runs until its input ends.
 *
 * <p>All connections stay on this machine, and the counts below are their maximum.
 */
final class Shop {

    static final int BILLS = 12;
    static final int FEEDS = 7;
    static final int GUESTS = 5;
    static final int INVOICES = 20;

    /** The line that the program prints when its work is done. */
    static final String READY = "ready";

    private Shop() {}

    public static void main(String[] args) throws Exception {
        try (Peer peer = Peer.start();
                ChatServer chat = ChatServer.start()) {
            PaymentClient payments = new PaymentClient(peer.address());
            PriceFeed prices = new PriceFeed(peer.address());
            InvoiceClient invoices = new InvoiceClient(peer.address());

            List<Future<?>> work = new ArrayList<>();
            work.addAll(submit("checkout", 4, BILLS, payments::charge));
            work.addAll(submit("prices", 1, FEEDS, prices::subscribe));
            work.addAll(submit("billing", 2, INVOICES, invoices::fetch));
            work.addAll(submit("guest", 1, GUESTS, () -> ChatGuest.visit(chat.address())));
            await(work);
            chat.awaitGone(GUESTS);

            try {
                System.out.println(READY);
                awaitEndOfInput();
            } finally {
                // The leaked sockets must stay reachable until here, or the JDK closes them when they are collected.
                Reference.reachabilityFence(payments);
                Reference.reachabilityFence(prices);
            }
        }
    }

    private static List<Future<?>> submit(String name, int threads, int times, Task task) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, named(name));
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            work.add(workers.submit(() -> {
                task.run();
                return null;
            }));
        }
        return work;
    }

    /** Daemons, so that nothing but the input keeps the program alive. */
    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void await(List<Future<?>> work) throws InterruptedException, ExecutionException {
        for (Future<?> task : work) {
            task.get();
        }
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // The input has no meaning.
        }
    }

    /** A piece of work that may fail. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
