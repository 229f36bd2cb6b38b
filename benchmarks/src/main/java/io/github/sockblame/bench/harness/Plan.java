// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

/**
 * How much time is spent.
 *
 * @param quick whether all sections together take less than five minutes, and some rows are left out
 * @param rounds how many rounds of whole JVMs
 * @param seconds how long a program is measured in each, after its warm-up
 * @param patience after how many seconds of one comparison no further round begins: a busy machine gives fewer rounds, and the table prints
 */
public record Plan(boolean quick, int rounds, double seconds, int patience) {

    public static final Plan FULL = new Plan(false, 5, 6, 1800);
    public static final Plan QUICK = new Plan(true, 3, 1, 10);

    /** The time measured, in milliseconds, as programs take it. */
    public long millis() {
        return Math.round(seconds * 1000);
    }
}
