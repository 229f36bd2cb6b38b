// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.AgentState;
import io.github.sockblame.viewer.connect.Jvms;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of {@code ps}: one row per JVM, then one line for each problem and each obstacle to an attach. */
final class PsTable {

    private PsTable() {}

    static String text(List<Jvms.JvmStatus> jvms) {
        int width = "AGENT".length();
        for (Jvms.JvmStatus row : jvms) {
            width = Math.max(width, agent(row).length());
        }
        String format = "%-7s  %-" + width + "s  %s%n".replace("%n", "\n");
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, format, "PID", "AGENT", "MAIN"));
        StringBuilder notes = new StringBuilder();
        for (Jvms.JvmStatus row : jvms) {
            text.append(String.format(
                    Locale.ROOT,
                    format,
                    row.jvm().pid(),
                    agent(row),
                    SafeText.of(row.jvm().main())));
            AgentState agent = row.agent();
            if (agent != null && agent.hasFailed()) {
                notes.append(row.jvm().pid())
                        .append(": its agent has ")
                        .append(SafeText.of(agent.status()))
                        .append('\n');
            }
            if (row.problem() != null) {
                notes.append("? = ").append(SafeText.of(row.problem())).append('\n');
            }
            if (row.obstacle() != null) {
                notes.append("cannot attach to ")
                        .append(row.jvm().pid())
                        .append(": ")
                        .append(SafeText.of(row.obstacle()))
                        .append('\n');
            }
        }
        return text.append(notes).toString();
    }

    static String json(List<Jvms.JvmStatus> jvms) {
        JsonMapper mapper = new JsonMapper();
        ArrayNode rows = mapper.createArrayNode();
        for (Jvms.JvmStatus row : jvms) {
            ObjectNode node = rows.addObject();
            node.put("pid", row.jvm().pid()).put("main", row.jvm().main());
            AgentState agent = row.agent();
            if (agent == null) {
                node.putNull("agent");
            } else {
                node.putObject("agent").put("version", agent.version()).put("status", agent.status());
            }
            node.put("problem", row.problem()).put("obstacle", row.obstacle());
        }
        return mapper.writeValueAsString(rows);
    }

    /** The version, with a mark if the agent has failed; {@code -} without an agent; {@code ?} if its state is unknown. */
    private static String agent(Jvms.JvmStatus row) {
        AgentState agent = row.agent();
        if (agent == null) {
            return row.problem() == null ? "-" : "?";
        }
        return SafeText.of(agent.version()) + (agent.hasFailed() ? " failed" : "");
    }
}
