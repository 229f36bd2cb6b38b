// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.SafeText;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Credentials;
import io.github.sockblame.viewer.connect.LoopbackSockets;
import io.github.sockblame.viewer.connect.TargetResolver;
import io.github.sockblame.viewer.output.OutputStyle;
import io.github.sockblame.viewer.output.Progress;
import io.github.sockblame.viewer.output.ProgressTarget;
import io.github.sockblame.viewer.output.Terminal;
import java.io.Console;
import java.io.ObjectInputFilter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code sockblame} command: selects the verb and turns each result into an exit status. */
@Command(
        name = "sockblame",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = ViewerVersion.class,
        description = "git blame for sockets: names the code that leaked each CLOSE_WAIT of a JVM.",
        footer = {
            "",
            "TARGET is a PID, a part of a main class or jar name, host:port or a service:jmx:... address of a",
            "JMX server, the file of a saved report, or - for one on standard input.",
            "Exit status: 0 answered, 1 leaks found, 2 could not answer.",
            "Example: sockblame ps"
        })
public final class SockblameCommand implements Callable<Integer> {

    /** The classes that JMX answers contain. The viewer deserializes no other class that a server sends. */
    private static final String JMX_CLASSES =
            "maxdepth=64;java.base/*;java.rmi/*;java.management/*;java.management.rmi/*;!*";

    private static final String INTRODUCTION = """
            Sockblame is git blame for sockets: it names the code of a running JVM that leaked each CLOSE-WAIT.

              sockblame demo                 runs a small program that leaks connections, and shows the result
              sockblame ps                   lists the JVMs of this machine, and which of them carry the agent
              sockblame attach PID           puts the agent into a JVM; with -javaagent from its start it records all sockets
              sockblame leaks TARGET         names the code that leaked, the worst first; TARGET is a PID or a name
              sockblame explain TARGET 1     describes the first site: events, evidence, what to do
              sockblame --help               lists the other verbs; sockblame VERB --help has examples

            next: sockblame ps
            """;

    private final Terminal terminal;
    private final PrintStream out;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace with an error.")
    private boolean debug;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "User for a JMX address; the password comes from --password-file or from a prompt.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File of mode 0600 with the password of --user in its first line.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Print without colours, as with NO_COLOR set or without a terminal.")
    private boolean noColour;

    private boolean usedCredentials;

    private SockblameCommand(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
    }

    /** Runs the command line of this process, and returns its exit status. */
    public static int run(String... args) {
        try {
            ObjectInputFilter.Config.setSerialFilter(serialFilter());
        } catch (LinkageError e) { // before the options are read
            return new ErrorReporter(System.err, () -> List.of(args).contains("--debug")).broken(e);
        }
        return run(BundledAgent.ofThisJar(), Terminal.ofThisProcess(), System.out, System.err, args);
    }

    /** The filter for all objects that a JMX server sends. */
    static ObjectInputFilter serialFilter() {
        return ObjectInputFilter.merge(LoopbackSockets::check, ObjectInputFilter.Config.createFilter(JMX_CLASSES));
    }

    public static int run(BundledAgent agent, Terminal terminal, PrintStream out, PrintStream err, String... args) {
        SockblameCommand sockblameCommand = new SockblameCommand(terminal, out);
        ErrorReporter errorReporter = new ErrorReporter(err, () -> sockblameCommand.debug);
        CommandLine line = sockblameCommand
                .commandLine(agent, err)
                .setParameterExceptionHandler(errorReporter::badUsage)
                .setExecutionExceptionHandler(errorReporter::failed);
        try {
            int status = line.execute(args);
            if (status != ExitStatus.NO_ANSWER) { // an error is one line
                sockblameCommand.warnOfUnusedCredentials(err);
            }
            return status;
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return errorReporter.broken(e);
        } finally {
            out.flush();
        }
    }

    /** The description of all verbs and options, for manual pages and completion. */
    public static CommandLine commandLine() {
        return new SockblameCommand(Terminal.NONE, System.out).commandLine(BundledAgent.ofThisJar(), System.err);
    }

    private CommandLine commandLine(BundledAgent agent, PrintStream err) {
        Progress progress = new Progress(err, terminal.showsProgress());
        TargetResolver targetResolver = new TargetResolver(
                agent,
                progress::printLine,
                this::credentials,
                (target, name) -> new ProgressTarget(target, name, progress));
        OutputStyle outputStyle = new OutputStyle(terminal, () -> noColour);
        return new CommandLine(this)
                .addSubcommand("ps", new PsCommand(progress, out))
                .addSubcommand("attach", new AttachCommand(targetResolver, agent, progress, out))
                .addSubcommand("detach", new DetachCommand(targetResolver, out))
                .addSubcommand("leaks", new LeaksCommand(targetResolver, outputStyle, out))
                .addSubcommand("explain", new ExplainCommand(targetResolver, outputStyle, out))
                .addSubcommand("list", new ListCommand(targetResolver, outputStyle, out))
                .addSubcommand(
                        "top",
                        new TopCommand(
                                notices ->
                                        new TargetResolver(agent, notices, this::credentials, (target, name) -> target),
                                outputStyle))
                .addSubcommand("watch", new WatchCommand(targetResolver, out))
                .addSubcommand("diff", new DiffCommand(targetResolver, outputStyle, out))
                .addSubcommand("status", new StatusCommand(targetResolver, outputStyle, out))
                .addSubcommand("report", new ReportCommand(targetResolver, out))
                .addSubcommand("completion", new CompletionCommand(out))
                .addSubcommand("demo", new DemoCommand(agent, progress, outputStyle, out))
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(110);
    }

    /** Prints a line if the user gave credentials and no target was a JMX address. */
    private void warnOfUnusedCredentials(PrintStream err) {
        if (!usedCredentials && (user != null || passwordFile != null)) {
            err.println("sockblame: " + (user == null ? "--password-file" : "--user")
                    + " has no effect here, it is for JMX addresses");
        }
    }

    /** The password never comes from the command line, because all users of the machine can read that. */
    private @Nullable Credentials credentials() throws CannotAnswerException {
        usedCredentials = true;
        if (user == null) {
            if (passwordFile == null) {
                return null;
            }
            throw new CannotAnswerException("--password-file needs a user", "add --user NAME");
        }
        if (passwordFile != null) {
            return Credentials.fromFile(user, passwordFile);
        }
        Console console = terminal.canPrompt() ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("password of %s: ", SafeText.of(user));
        if (typed == null) {
            throw new CannotAnswerException(
                    "cannot prompt for the password of " + user + " without a terminal", "add --password-file FILE");
        }
        return new Credentials(user, new String(typed));
    }

    /** Without a verb it prints an introduction and the first verbs to try. */
    @Override
    public Integer call() {
        out.print(INTRODUCTION);
        return ExitStatus.ANSWERED;
    }
}
