// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.Printable;
import io.github.sockblame.viewer.connect.CarriedAgent;
import io.github.sockblame.viewer.connect.Targets;
import java.io.ObjectInputFilter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code sockblame} command: chooses the verb and turns whatever happens into an exit status. */
@Command(
        name = "sockblame",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = ViewerVersion.class,
        description = "git blame for sockets: names the code that leaked each CLOSE_WAIT of a JVM.",
        footer = {
            "",
            "TARGET is a PID, a part of a main class or jar name, host:port or a service:jmx:... address of a",
            "JMX server, or the file of a saved report.",
            "Exit status: 0 answered, 1 leaks found, 2 could not answer.",
            "Example: sockblame ps"
        })
public final class Sockblame implements Callable<Integer> {

    static final int ANSWERED = 0;
    static final int LEAKS = 1;
    static final int NO_ANSWER = 2;

    /** What JMX sends in answer to us; of a server that sends anything else, nothing is created. */
    private static final String ANSWERS_OF_JMX =
            "maxdepth=64;java.base/*;java.rmi/*;java.management/*;java.management.rmi/*;!*";

    private final PrintStream err;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace with an error.")
    private boolean debug;

    private Sockblame(PrintStream err) {
        this.err = err;
    }

    public static void main(String[] args) {
        ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(ANSWERS_OF_JMX));
        System.exit(run(CarriedAgent.ofThisJar(), System.out, System.err, args));
    }

    static int run(CarriedAgent agent, PrintStream out, PrintStream err, String... args) {
        Sockblame sockblame = new Sockblame(err);
        Failures failures = new Failures(err, () -> sockblame.debug);
        Targets targets = new Targets(agent, notice -> err.println("sockblame: " + Printable.of(notice)));
        CommandLine line = new CommandLine(sockblame)
                .addSubcommand("ps", new PsCommand(out))
                .addSubcommand("attach", new AttachCommand(agent, out))
                .addSubcommand("detach", new DetachCommand(targets, out))
                .addSubcommand("leaks", new LeaksCommand(targets, out))
                .addSubcommand("list", new ListCommand(targets, out))
                .addSubcommand("top", new TopCommand(agent))
                .addSubcommand("watch", new WatchCommand(targets, out))
                .addSubcommand("report", new ReportCommand(targets, out))
                .addSubcommand("demo", new DemoCommand(agent, out))
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(failures::badUsage)
                .setExecutionExceptionHandler(failures::failed);
        try {
            return line.execute(args);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return failures.broken(e);
        } finally {
            out.flush();
        }
    }

    /** Without a verb there is nothing to do but say which there are. */
    @Override
    public Integer call() {
        err.println("usage: sockblame [--debug] ps | attach PID | detach TARGET | leaks TARGET | list TARGET [FILTER] |"
                + " top TARGET | watch TARGET SITE | report TARGET -o FILE | demo");
        err.println("       sockblame --help, sockblame VERB --help; to begin: sockblame ps");
        return NO_ANSWER;
    }
}
