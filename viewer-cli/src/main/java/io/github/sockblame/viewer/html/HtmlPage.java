// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report as one self-contained page.
 *
 * <p>Names from the watched program are in the page as JSON without the start of a tag, and as escaped text; the script inserts them as text.
 * The policy of the page (Content Security Policy Level 3) allows only this script and this style, by their hashes.
 */
public final class HtmlPage {

    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z]+)}}");

    /** The parts of the script: a part uses functions of any part, and constants of earlier parts. */
    private static final List<String> SCRIPTS = List.of(
            "dom.js", "format.js", "head.js", "sites.js", "flame.js", "ages.js", "remotes.js", "history.js", "main.js");

    private HtmlPage() {}

    /** The whole page. */
    public static String of(Report report) {
        String style = resource("page.css");
        String script = script();
        JsonMapper mapper = new JsonMapper();
        PageData data = PageData.of(report);
        return filled(
                resource("page.html"),
                Map.of(
                        "policy", policy(style, script),
                        "title", escaped(title(report)),
                        "style", style,
                        "script", script,
                        "data", mapper.writeValueAsString(data).replace("<", "\\u003c"),
                        "text", escaped(LeaksText.of(report))));
    }

    /** All parts in one function, so that they share their names with each other only. Only the last part runs code of its own. */
    private static String script() {
        StringBuilder script = new StringBuilder("\n'use strict';\n(() => {\n");
        for (String part : SCRIPTS) {
            script.append(resource("page/" + part)).append('\n');
        }
        return script.append("})();\n").toString();
    }

    private static String title(Report report) {
        Program program = report.program();
        String leaks = report.hasLeaks()
                ? TextFormat.number(report.leaksInSites()) + " leaked"
                : report.canDenyLeaks() ? "no leaks" : "not judged";
        return SafeText.of(program.name()) + " (pid " + program.pid() + "): " + leaks + " - Sockblame";
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Fills each gap once, so that a gap in the inserted text stays unchanged. */
    private static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        Matcher gap = GAP.matcher(template);
        int from = 0;
        while (gap.find()) {
            page.append(template, from, gap.start()).append(parts.get(gap.group(1)));
            from = gap.end();
        }
        return page.append(template, from, template.length()).toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " in this jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
