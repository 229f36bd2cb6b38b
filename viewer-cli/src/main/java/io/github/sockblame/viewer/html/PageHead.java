// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.text.Sentences;
import io.github.sockblame.report.text.TextFormat;
import java.util.Map;

/**
 * The head of the page.
 *
 * @param name main class or jar
 * @param pid process id, in the JVM's own PID namespace
 * @param java its Java
 * @param agent version of the agent
 * @param takenAt when the report was made, in ISO 8601, in UTC
 * @param up the uptime of the program
 * @param descriptors how full the table of descriptors is, in words
 * @param open open descriptors; negative if unknown
 * @param limit how many there may be; negative if unknown
 * @param sockets sockets of the process
 * @param tracked those of them that are tracked
 * @param untracked the others
 * @param leaked connections in sites that are leaks
 * @param headline the answer of the report in one line
 * @param states sockets by state as {@code ss} spells it, and those without one
 */
record PageHead(
        String name,
        long pid,
        String java,
        String agent,
        String takenAt,
        String up,
        String descriptors,
        long open,
        long limit,
        int sockets,
        int tracked,
        int untracked,
        int leaked,
        String headline,
        Map<String, Integer> states) {

    static PageHead of(Report report) {
        Program program = report.program();
        Totals totals = report.totals();
        Map<String, Integer> states = PageData.byWord(totals.byState());
        if (totals.notTcp() > 0) {
            states.put("no TCP state", totals.notTcp());
        }
        return new PageHead(
                SafeText.of(program.name()),
                program.pid(),
                SafeText.of(program.javaVersion()),
                SafeText.of(report.agentVersion()),
                report.takenAt().toString(),
                TextFormat.between(program.startedAt(), report.takenAt()),
                Sentences.descriptors(report),
                report.fileDescriptors().open(),
                report.fileDescriptors().limit(),
                totals.sockets(),
                totals.tracked(),
                totals.untracked(),
                report.leaksInSites(),
                Sentences.headline(report),
                states);
    }
}
