// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium without a window, driven by its own protocol (Chrome DevTools Protocol). */
final class Chromium implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Process process;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private Chromium(Process process, URI address) {
        this.process = process;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Heard())
                .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    static Chromium start() throws Exception {
        Path folder = TestEnvironment.newFolder("chromium");
        Path profile = folder.resolve("profile");
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox", // CI is root
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            return new Chromium(process, Await.value("the port of Chromium", () -> address(profile)));
        } catch (Exception | AssertionError e) {
            end(process);
            throw e;
        }
    }

    /** Chromium writes the port that it was given, and below it the path, into a file of its profile. */
    private static Optional<URI> address(Path profile) throws Exception {
        Path told = profile.resolve("DevToolsActivePort");
        List<String> lines = Files.exists(told) ? Files.readAllLines(told) : List.of();
        return lines.size() < 2
                ? Optional.empty()
                : Optional.of(URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
    }

    /** An empty tab, so wide. */
    ChromiumTab tab(int width, int height) throws Exception {
        String target = ask("", "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        String session = ask("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        return new ChromiumTab(this, session, width, height);
    }

    /** Its answer to a command. */
    JsonNode ask(String session, String method, Map<String, Object> parameters) throws Exception {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        Map<String, Object> command = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        socket.sendText(MAPPER.writeValueAsString(command), true).join();
        JsonNode told = answer.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (told.has("error")) {
            throw new AssertionError(method + ": " + told.get("error"));
        }
        return told.get("result");
    }

    /** What it told of this tab unasked, in the order of time. */
    List<JsonNode> events(String session, String method) {
        List<JsonNode> of = new ArrayList<>();
        for (JsonNode event : events) {
            if (event.path("sessionId").asString("").equals(session)
                    && event.get("method").asString().equals(method)) {
                of.add(event.get("params"));
            }
        }
        return of;
    }

    @Override
    public void close() {
        socket.abort();
        end(process);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private final class Heard implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                JsonNode told = MAPPER.readTree(message.toString());
                message.setLength(0);
                CompletableFuture<JsonNode> answer =
                        told.has("id") ? asked.remove(told.get("id").asInt()) : null;
                if (answer != null) {
                    answer.complete(told);
                } else {
                    events.add(told);
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
