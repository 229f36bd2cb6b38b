// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.man;

import io.github.sockblame.viewer.command.SockblameCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Writes the manual pages; the build runs it.
 *
 * <p>picocli's own way makes AsciiDoc, from which Asciidoctor, by a JRuby of 30 MB, makes pages: more than the rest of the build takes.
 */
public final class ManPages {

    private ManPages() {}

    /** Into the folder of the first argument, for the version in the second. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, String> page : all(args[1]).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    /** The text of each page by the name of its file: {@code sockblame.1}, and one for each verb. */
    static Map<String, String> all(String version) {
        Map<String, String> pages = new TreeMap<>();
        CommandLine whole = SockblameCommand.commandLine();
        pages.put("sockblame.1", ManPage.of(whole.getCommandSpec(), version));
        for (CommandLine verb : whole.getSubcommands().values()) {
            String name = verb.getCommandSpec().qualifiedName("-");
            pages.put(name + ".1", ManPage.of(verb.getCommandSpec(), version));
        }
        return pages;
    }
}
