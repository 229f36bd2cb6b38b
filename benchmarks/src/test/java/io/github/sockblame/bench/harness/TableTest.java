// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void noLineIsWiderThan120Columns() {
        Row wide = new Row(
                "w".repeat(100), "t".repeat(30), "r".repeat(30), "s".repeat(40), "b ".repeat(80), Outcome.UNSETTLED);
        assertThat(Table.lines(List.of(wide))).allMatch(line -> line.length() <= 120);
    }

    @Test
    void nothingOfALongCellIsLost() {
        String what = "one two three four five six seven eight nine ten eleven twelve";
        List<String> lines = Table.lines(List.of(Row.skipped(what, "because")));
        String first = String.join(
                " ", lines.stream().skip(2).map(line -> cut(line).strip()).toList());
        assertThat(first).isEqualTo(what);
    }

    private static String cut(String line) {
        return line.length() > 38 ? line.substring(0, 38) : line;
    }

    @Test
    void skippedRowHasItsReason() {
        List<String> lines = Table.lines(List.of(Row.skipped("servers", "no wrk here")));
        assertThat(lines).last().asString().contains("servers", "no wrk here", "SKIPPED");
    }
}
