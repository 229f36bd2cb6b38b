// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.text.Ellipsis;
import io.github.sockblame.report.text.Nearest;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.remote.JMXServiceURL;

/** Resolves the argument TARGET: a file, a process id, a JMX address, or part of a name. */
public final class TargetResolver {

    /** A process id. */
    static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Za-z:.%]+]|[^\\s:/\\[\\]]+):(-?[0-9]+)");
    private static final int MAX_PORT = 65535;

    /** The longest part of an argument in a message, in characters. */
    private static final int MAX_SHOWN = 100;

    private static final String JMX_URL = "service:jmx:";

    /** The argument that names standard input. */
    public static final String STANDARD_INPUT = "-";

    private final BundledAgent bundledAgent;
    private final Consumer<String> notices;
    private final BiFunction<Target, String, Target> wrapper;
    private final CredentialSource credentialSource;
    private final Listing listing;

    /** The source of the JVMs of this machine. */
    @FunctionalInterface
    interface Listing {
        List<Jvm> list() throws CannotAnswerException;
    }

    /**
     * Creates a resolver.
     *
     * @param notices receives one line for each unusual way of a request
     * @param credentialSource user and password for JMX addresses
     * @param wrapper wraps a target and its name, to show progress
     */
    public TargetResolver(
            BundledAgent bundledAgent,
            Consumer<String> notices,
            CredentialSource credentialSource,
            BiFunction<Target, String, Target> wrapper) {
        this(bundledAgent, notices, credentialSource, wrapper, Jvms::list);
    }

    TargetResolver(
            BundledAgent bundledAgent,
            Consumer<String> notices,
            CredentialSource credentialSource,
            BiFunction<Target, String, Target> wrapper,
            Listing listing) {
        this.bundledAgent = bundledAgent;
        this.notices = notices;
        this.credentialSource = credentialSource;
        this.wrapper = wrapper;
        this.listing = listing;
    }

    /**
     * The target with this name. A saved report comes first, so that {@code 4242} can name a file. Another file, for example the jar of a running
     * JVM, does not hide the JVM of that name.
     */
    public Target find(String text) throws CannotAnswerException {
        return wrapper.apply(named(text), text);
    }

    /** The process id of the JVM with this name or process id. It is a JVM of this machine. */
    public long findPid(String text) throws CannotAnswerException {
        if (DIGITS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        List<Jvm> jvms = text.isBlank() ? List.of() : listing.list();
        List<Jvm> found = named(text, jvms);
        if (!found.isEmpty()) {
            return only(found, text).pid();
        }
        if (text.startsWith(JMX_URL) || HOST_AND_PORT.matcher(text).matches()) {
            throw new CannotAnswerException(
                    shown(text) + " is not a JVM of this machine", "use its PID or its name, on its machine");
        }
        throw new CannotAnswerException(noJvm(text, jvms), AttachPreconditions.SEE_PS);
    }

    private Target named(String text) throws CannotAnswerException {
        if (text.equals(STANDARD_INPUT)) {
            return new PipedReport(System.in);
        }
        ReportSign sign = isFile(text) ? ReportSign.of(Path.of(text)) : null;
        if (sign == ReportSign.PRESENT) {
            return new SavedReport(Path.of(text));
        }
        if (DIGITS.matcher(text).matches()) {
            return new LocalJvm(Long.parseLong(text), bundledAgent, notices);
        }
        if (text.startsWith(JMX_URL)) {
            return jmx(text, shown(text));
        }
        Matcher hostAndPort = HOST_AND_PORT.matcher(text);
        if (hostAndPort.matches()) {
            checkPort(hostAndPort.group(2), text);
            return jmx("service:jmx:rmi:///jndi/rmi://" + text + "/jmxrmi", shown(text));
        }
        return sign == null ? byName(text) : byNameOfFile(text, sign);
    }

    private static void checkPort(String port, String text) throws CannotAnswerException {
        int number = port.length() > 5 ? -1 : Integer.parseInt(port);
        if (number < 1 || number > MAX_PORT) {
            throw new CannotAnswerException(
                    shown(text) + " is not a JMX address, a port is a number from 1 to " + MAX_PORT,
                    "use host:port or service:jmx:...");
        }
    }

    /** The argument as a message has it. The middle of a very long one is left out. */
    private static String shown(String text) {
        return Ellipsis.shorten(text, MAX_SHOWN);
    }

    private static boolean isFolder(String text) {
        try {
            return Files.isDirectory(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isFile(String text) {
        try {
            Path path = Path.of(text);
            return Files.exists(path) && !Files.isDirectory(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Target jmx(String url, String name) throws CannotAnswerException {
        JdkModule.MANAGEMENT_RMI.check();
        if (url.contains("/jndi/rmi:")) {
            JdkModule.NAMING_RMI.check();
        }
        try {
            LoopbackSockets.allowOtherMachines();
            return new JmxTarget(new JMXServiceURL(url), name, credentialSource.credentials());
        } catch (MalformedURLException e) {
            throw new CannotAnswerException(
                    name + " is not a JMX address (" + shown(CannotAnswerException.reason(e)) + ")",
                    "use host:port or service:jmx:...",
                    e);
        }
    }

    private Target byName(String text) throws CannotAnswerException {
        if (text.isBlank()) {
            throw new CannotAnswerException("the target is empty", AttachPreconditions.SEE_PS);
        }
        List<Jvm> jvms = listing.list();
        List<Jvm> found = named(text, jvms);
        if (!found.isEmpty()) {
            return jvm(only(found, text));
        }
        if (isFolder(text)) {
            throw new CannotAnswerException(shown(text) + " is a folder", "name a saved report in it");
        }
        boolean likeFile = text.indexOf('/') >= 0 || text.endsWith(".json");
        throw likeFile ? noFile(text) : new CannotAnswerException(noJvm(text, jvms), AttachPreconditions.SEE_PS);
    }

    /** The JVM with the name of a file, where the file is no report. Without such a JVM the argument may mean either. */
    private Target byNameOfFile(String text, ReportSign sign) throws CannotAnswerException {
        List<Jvm> jvms;
        try {
            jvms = listing.list();
        } catch (CannotAnswerException e) {
            return new SavedReport(Path.of(text)); // this Java lists no JVMs, and the report has its own message
        }
        List<Jvm> found = named(text, jvms);
        if (!found.isEmpty()) {
            return jvm(only(found, text));
        }
        if (sign == ReportSign.UNKNOWN) {
            return new SavedReport(Path.of(text)); // its reading fails with the reason
        }
        throw new CannotAnswerException(
                shown(text) + " is not a Sockblame report, " + sign.words() + ", and " + noJvm(text, jvms),
                "name a saved report or a JVM, " + AttachPreconditions.SEE_PS);
    }

    private static List<Jvm> named(String text, List<Jvm> jvms) {
        return jvms.stream().filter(jvm -> jvm.main().contains(text)).toList();
    }

    private Target jvm(Jvm jvm) {
        return new LocalJvm(jvm.pid(), bundledAgent, notices);
    }

    private static Jvm only(List<Jvm> found, String text) throws CannotAnswerException {
        if (found.size() == 1) {
            return found.get(0);
        }
        String candidates =
                found.stream().map(jvm -> jvm.pid() + " " + jvm.main()).collect(Collectors.joining(", "));
        throw new CannotAnswerException(
                found.size() + " JVMs have '" + shown(text) + "' in their names",
                "choose one by its PID: " + candidates);
    }

    private static String noJvm(String text, List<Jvm> jvms) {
        return "no JVM of this machine has '" + shown(text) + "' in the name of its main class or jar"
                + Nearest.question(text, jvms.stream().map(Jvm::simpleName).toList());
    }

    /** The failure for the path of a file that is absent, or that lies in a folder which the user may not enter. */
    private static CannotAnswerException noFile(String text) {
        try {
            Path path = Path.of(text);
            boolean unused =
                    Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
        } catch (IOException e) {
            return noFile(text, e);
        } catch (InvalidPathException e) {
            // no file has such a name
        }
        return noFile(text, new NoSuchFileException(text));
    }

    /** The same, from the error of the file system. */
    static CannotAnswerException noFile(String text, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new CannotAnswerException(
                    "no permission to enter the folder of " + shown(text), "run as its owner", e);
        }
        if (e instanceof NoSuchFileException) {
            return new CannotAnswerException("no file " + shown(text), "sockblame report TARGET -o FILE writes one", e);
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : null; // its message repeats the path
        return new CannotAnswerException(
                "cannot read " + shown(text) + " ("
                        + (reason == null ? e.getClass().getSimpleName() : reason) + ")",
                "choose another file",
                e);
    }
}
