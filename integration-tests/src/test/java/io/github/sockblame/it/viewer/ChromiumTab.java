// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import io.github.sockblame.it.harness.Await;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in a {@link Chromium}, used as a person does: by mouse and keyboard. */
final class ChromiumTab {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<String, Integer> KEYS =
            Map.of("Enter", 13, "Escape", 27, "ArrowLeft", 37, "ArrowUp", 38, "ArrowRight", 39, "ArrowDown", 40);

    private final Chromium browser;
    private final String session;

    ChromiumTab(Chromium browser, String session, int width, int height) throws Exception {
        this.browser = browser;
        this.session = session;
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", Map.of());
        }
        resize(width, height);
    }

    private JsonNode ask(String method, Map<String, Object> parameters) throws Exception {
        return browser.ask(session, method, parameters);
    }

    void resize(int width, int height) throws Exception {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Opens a file and waits until its script has run. */
    void open(Path file) throws Exception {
        ask("Page.navigate", Map.of("url", file.toUri().toString()));
        Await.until("the page is ready", () -> is("!!document.documentElement?.dataset.ready"));
    }

    /** Shows it as on paper, or in dark. */
    void emulate(String medium, String scheme) throws Exception {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    JsonNode value(String expression) throws Exception {
        JsonNode answer = ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    boolean is(String expression) throws Exception {
        return value(expression).asBoolean();
    }

    String text(String selector) throws Exception {
        return value("document.querySelector(" + quoted(selector) + ").innerText")
                .asString();
    }

    private static String quoted(String text) {
        return MAPPER.writeValueAsString(text);
    }

    /** With the mouse, in the middle of what this finds first. */
    void click(String selector) throws Exception {
        JsonNode middle = value("(() => { const e = document.querySelector(" + quoted(selector)
                + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            Map<String, Object> event = new HashMap<>(Map.of("type", type, "button", "left", "clickCount", 1));
            event.put("x", middle.get(0).asDouble());
            event.put("y", middle.get(1).asDouble());
            ask("Input.dispatchMouseEvent", event);
        }
    }

    void focus(String selector) throws Exception {
        value("document.querySelector(" + quoted(selector) + ").focus()");
    }

    /** Into what has the focus. */
    void type(String text) throws Exception {
        ask("Input.insertText", Map.of("text", text));
    }

    void press(String key) throws Exception {
        int code = Objects.requireNonNull(KEYS.get(key), key);
        Map<String, Object> event = new HashMap<>(Map.of("key", key, "code", key, "windowsVirtualKeyCode", code));
        if (key.equals("Enter")) {
            event.put("text", "\r");
        }
        event.put("type", "keyDown");
        ask("Input.dispatchKeyEvent", event);
        event.put("type", "keyUp");
        event.remove("text");
        ask("Input.dispatchKeyEvent", event);
    }

    /** What the page looks like; the picture is kept in this file, too. */
    BufferedImage picture(Path file) throws Exception {
        JsonNode answer = ask("Page.captureScreenshot", Map.of("format", "png"));
        byte[] png = Base64.getDecoder().decode(answer.get("data").asString());
        Files.write(file, png);
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "picture");
    }

    /** The addresses that were asked for since the tab was made. */
    List<String> requests() {
        return browser.events(session, "Network.requestWillBeSent").stream()
                .map(event -> event.at("/request/url").asString())
                .toList();
    }

    /** Everything that the browser or the page's script complained of. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String method : List.of(
                "Runtime.exceptionThrown",
                "Runtime.consoleAPICalled",
                "Log.entryAdded",
                "Page.javascriptDialogOpening")) {
            browser.events(session, method).forEach(event -> complaints.add(method + " " + event));
        }
        return complaints;
    }
}
