// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.man;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One manual page, in the macros of man(7), from the description of a command in picocli: the same texts that {@code --help} prints. */
final class ManPage {

    private static final String EXAMPLE = "Example: ";

    private final CommandSpec command;
    private final StringBuilder out = new StringBuilder(2048);

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    static String of(CommandSpec command, String version) {
        ManPage page = new ManPage(command);
        String name = command.qualifiedName("-");
        page.macro("TH \"" + name.toUpperCase(Locale.ROOT) + "\" 1 \"\" \"Sockblame " + escaped(version)
                + "\" \"Sockblame\"");
        page.name(name);
        page.synopsis();
        page.description();
        page.arguments();
        page.verbs();
        page.examples();
        page.seeAlso();
        return page.out.toString();
    }

    private void name(String name) {
        section("NAME");
        String purpose = String.join(" ", command.usageMessage().description());
        text(name + " - " + purpose.replaceFirst("\\.$", ""));
    }

    private void synopsis() {
        section("SYNOPSIS");
        StringBuilder line = new StringBuilder(command.qualifiedName(" ")).append(" [OPTION]...");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            boolean needed = parameter.arity().min() > 0;
            line.append(needed ? " " : " [").append(parameter.paramLabel()).append(needed ? "" : "]");
        }
        text(line + (command.subcommands().isEmpty() ? "" : " VERB"));
    }

    private void description() {
        section("DESCRIPTION");
        text(String.join(" ", command.usageMessage().description()));
        for (String line : footer(false)) {
            macro("PP");
            text(line);
        }
    }

    private void arguments() {
        if (!command.positionalParameters().isEmpty()) {
            section("ARGUMENTS");
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                item(parameter.paramLabel(), parameter);
            }
        }
        section("OPTIONS");
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                boolean valued = option.arity().max() > 0;
                item(String.join(", ", option.names()) + (valued ? " " + option.paramLabel() : ""), option);
            }
        }
    }

    private void item(String term, ArgSpec argument) {
        item(term, String.join(" ", argument.description()));
    }

    private void item(String term, String meaning) {
        macro("TP");
        out.append("\\fB").append(escaped(term)).append("\\fR\n");
        text(meaning);
    }

    private void verbs() {
        if (!command.subcommands().isEmpty()) {
            section("VERBS");
            for (CommandLine verb : command.subcommands().values()) {
                item(
                        verb.getCommandName(),
                        String.join(" ", verb.getCommandSpec().usageMessage().description()));
            }
        }
    }

    private void examples() {
        section("EXAMPLES");
        for (String line : footer(true)) {
            macro("PP");
            text(line.substring(EXAMPLE.length()));
        }
    }

    private List<String> footer(boolean examples) {
        List<String> lines = new ArrayList<>();
        for (String line : command.usageMessage().footer()) {
            if (!line.isEmpty() && line.startsWith(EXAMPLE) == examples) {
                lines.add(line);
            }
        }
        return lines;
    }

    private void seeAlso() {
        section("SEE ALSO");
        List<String> others = new ArrayList<>();
        CommandSpec whole = command.root();
        if (!whole.equals(command)) {
            others.add(whole.name() + "(1)");
        }
        for (CommandLine verb : command.subcommands().values()) {
            others.add(verb.getCommandSpec().qualifiedName("-") + "(1)");
        }
        others.add("ss(8)");
        text(String.join(", ", others));
    }

    private void section(String title) {
        macro("SH \"" + title + "\"");
    }

    private void macro(String line) {
        out.append('.').append(line).append('\n');
    }

    /** A line that begins with a full stop or an apostrophe would be a macro. */
    private void text(String line) {
        String escaped = escaped(line);
        out.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    /** Escapes for man(7). Picocli formats its texts, so two percent signs are one. */
    private static String escaped(String text) {
        return text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    }
}
