// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.StackIndexes;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.viewer.connect.FetchedReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One site or one socket as JSON for a script. The parts are copied, so that fields of a newer agent survive. The stacks are those
 * that the fields of this version refer to.
 */
final class ExplanationJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Report report;
    private final JsonNode whole;
    private final ObjectNode json = MAPPER.createObjectNode();
    private final SortedSet<Integer> stacks = new TreeSet<>();

    private ExplanationJson(FetchedReport fetchedReport) {
        this.report = fetchedReport.report();
        this.whole = fetchedReport.tree();
    }

    /** The site with all its sockets, as one line. */
    static String of(FetchedReport fetchedReport, Site site) {
        return new ExplanationJson(fetchedReport).build(site.verdict(), site, socket -> isIn(socket, site));
    }

    /** The socket with the site that it is one of, if it is, as one line. */
    static String of(FetchedReport fetchedReport, Socket socket) {
        Integer number = socket.site();
        Site site = number == null ? null : fetchedReport.report().sites().get(number - 1);
        return new ExplanationJson(fetchedReport).build(socket.verdict(), site, other -> other.fd() == socket.fd());
    }

    private static boolean isIn(Socket socket, Site site) {
        Integer number = socket.site();
        return number != null && number == site.number();
    }

    private String build(Verdict verdict, @Nullable Site site, Predicate<Socket> wanted) {
        json.set("takenAt", whole.get("takenAt"));
        json.set("program", whole.get("program"));
        boolean judged = verdict != Verdict.NONE;
        json.put("meaning", judged ? verdict.meaning() : null);
        json.put("advice", judged ? verdict.advice() : null);
        json.set("site", site == null ? MAPPER.nullNode() : whole.get("sites").get(site.number() - 1));
        if (site != null) {
            stacks.addAll(StackIndexes.of(site));
        }
        if (report.hasSockets()) {
            sockets(wanted);
        } else { // the program has sockets, but a summary does not list them
            json.putNull("sockets");
            json.putNull("listeners");
        }
        ObjectNode used = json.putObject("stacks");
        for (int stack : stacks) {
            used.set(String.valueOf(stack), withFrames(whole.get("stacks").get(stack)));
        }
        return MAPPER.writeValueAsString(json);
    }

    /** The stack with its frames in place of their indexes, because the table of frames is not in the answer. */
    private JsonNode withFrames(JsonNode stack) {
        ObjectNode complete = ((ObjectNode) stack).deepCopy();
        ArrayNode frames = complete.putArray("frames");
        for (JsonNode index : stack.get("frames")) {
            frames.add(whole.get("frames").get(index.asInt()));
        }
        return complete;
    }

    private void sockets(Predicate<Socket> wanted) {
        json.set("sockets", RawRows.of(whole.get("sockets"), report.sockets(), wanted));
        Set<Integer> descriptors = new HashSet<>();
        for (Socket socket : report.sockets()) {
            if (wanted.test(socket)) {
                descriptors.add(socket.fd());
                stacks.addAll(StackIndexes.of(socket));
            }
        }
        listeners(listener -> descriptors.contains(listener.fd()));
    }

    /** The details of the listeners among the sockets. */
    private void listeners(Predicate<Listener> wanted) {
        List<Listener> known = report.listeners();
        List<Listener> listeners = known == null ? List.of() : known;
        json.set("listeners", RawRows.of(whole.path("listeners"), listeners, wanted));
        for (Listener listener : listeners) {
            if (wanted.test(listener)) {
                stacks.addAll(StackIndexes.of(listener));
            }
        }
    }
}
