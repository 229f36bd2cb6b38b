// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.List;

/** One thing that is measured. */
public interface Section {

    /** The word by which it is chosen. */
    String name();

    /**
     * Measures.
     *
     * @return rows of the table
     * @throws Exception the failure; the table then prints it in place of the rows
     */
    List<Row> run(BenchEnvironment benchEnvironment, Plan plan) throws Exception;
}
