// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.sabotage;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one method of the agent fail, once: every method of a sabotaged agent begins with {@link #at}. Which one, with what and on whose
 * thread is said from the program, or in system properties for what happens before the program begins.
 *
 * <p>Sites are names like {@code agent.watch.WatchRound.run}. Each is one and the same String in all loaders, as literals are.
 */
public final class Sabotage {

    /** Before the name of a site that is to fail on a thread of the agent's. */
    public static final String AGENTS = "watch:";

    private static final AtomicInteger STRIKES = new AtomicInteger();
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private static volatile boolean records;
    private static volatile boolean onAgentsThreads;
    private static volatile @Nullable Supplier<Throwable> failure;
    private static volatile @Nullable String armed;
    private static volatile @Nullable String armedToo;
    private static volatile long clockSetBy;
    private static volatile @Nullable CountDownLatch gate;
    private static volatile @Nullable CountDownLatch arrival;

    static {
        String site = System.getProperty("sabotage.site");
        if (site != null) {
            String error = System.getProperty("sabotage.error", "");
            onAgentsThreads = site.startsWith(AGENTS);
            failure = () -> errorNamed(error);
            armed = site.replace(AGENTS, "").intern();
        }
    }

    private Sabotage() {}

    /** A method of the agent begins. */
    @SuppressWarnings(
            "ReferenceEquality") // the same String in all loaders; equals would be a call more at each of our calls
    public static void at(String site) {
        if (records) {
            record(site);
        }
        if (site == armed || site == armedToo) {
            strike(site);
        }
    }

    private static void record(String site) {
        if (isAgentsThread() == onAgentsThreads) {
            SEEN.add(site);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static void strike(String site) {
        if (isAgentsThread() != onAgentsThreads) {
            return;
        }
        synchronized (STRIKES) {
            if (site == armed) {
                armed = null;
            } else if (site == armedToo) {
                armedToo = null;
            } else {
                return;
            }
        }
        STRIKES.incrementAndGet();
        System.setProperty("sabotage.struck", site);
        CountDownLatch waits = gate;
        CountDownLatch arrives = arrival;
        if (waits != null && arrives != null) {
            arrives.countDown();
            awaitOpen(waits);
            return;
        }
        Supplier<Throwable> thrown = failure;
        if (thrown != null) {
            throwAsItIs(thrown.get());
        }
    }

    private static void awaitOpen(CountDownLatch waits) {
        try {
            waits.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAgentsThread() {
        return Thread.currentThread().getName().startsWith("sockblame-");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAsItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** A new throwable of this class, which says that it was injected. */
    public static Throwable errorNamed(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(Throwable.class)
                    .getConstructor(String.class)
                    .newInstance("injected");
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(className, e);
        }
    }

    /** From now on it is noted what the agent does on threads of its own, or on those of the program. */
    public static void record(boolean agentsThreads) {
        onAgentsThreads = agentsThreads;
        SEEN.clear();
        records = true;
    }

    /** What was done since {@link #record(boolean)}, in the order of the alphabet. */
    public static Set<String> recorded() {
        records = false;
        return new TreeSet<>(SEEN);
    }

    /** The next call of this method throws that. */
    public static void arm(String site, boolean agentsThreads, Supplier<Throwable> thrown) {
        onAgentsThreads = agentsThreads;
        failure = thrown;
        armed = site.intern();
    }

    /** And so does the next call of this one. */
    public static void armToo(String site) {
        armedToo = site.intern();
    }

    /** The next call of this method on a thread of the agent's stands still until the gate opens. */
    public static CountDownLatch stopAt(String site, CountDownLatch untilOpen) {
        CountDownLatch arrives = new CountDownLatch(1);
        arrival = arrives;
        gate = untilOpen;
        onAgentsThreads = true;
        armed = site.intern();
        return arrives;
    }

    /** Nothing fails any more. */
    public static void disarm() {
        armed = null;
        armedToo = null;
        gate = null;
        arrival = null;
    }

    /** The clock that the agent reads is set forward by this, or back. */
    public static void setClock(long byMillis) {
        clockSetBy = byMillis;
    }

    /** How many times as often as usual the agent does what it does now and then. */
    public static long hurry() {
        return Long.getLong("sabotage.hurry", 1);
    }

    /** In place of the method of {@link System}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + clockSetBy;
    }

    /** Whether what was armed is still to come. */
    public static boolean isArmed() {
        return armed != null || armedToo != null;
    }

    /** How many calls failed until now. */
    public static int strikes() {
        return STRIKES.get();
    }
}
