// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.remote.JMXServiceURL;

/** Resolves the argument TARGET: a file, a process id, a JMX address, or part of a name. */
public final class TargetResolver {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Za-z:.%]+]|[^\\s:/\\[\\]]+):([0-9]{1,5})");
    private static final String JMX_URL = "service:jmx:";

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

    /** The target with this name. A file comes first, so that {@code 4242} can name a file. */
    public Target find(String text) throws CannotAnswerException {
        return wrapper.apply(named(text), text);
    }

    private Target named(String text) throws CannotAnswerException {
        if (isFile(text)) {
            return new SavedReport(Path.of(text));
        }
        if (DIGITS.matcher(text).matches()) {
            return new LocalJvm(Long.parseLong(text), bundledAgent, notices);
        }
        if (text.startsWith(JMX_URL)) {
            return jmx(text, text);
        }
        Matcher hostAndPort = HOST_AND_PORT.matcher(text);
        if (hostAndPort.matches()) {
            return jmx("service:jmx:rmi:///jndi/rmi://" + text + "/jmxrmi", text);
        }
        return byName(text);
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
        try {
            return new JmxTarget(new JMXServiceURL(url), name, credentialSource.credentials());
        } catch (MalformedURLException e) {
            throw new CannotAnswerException(
                    name + " is not a JMX address (" + CannotAnswerException.reason(e) + ")",
                    "use host:port or service:jmx:...",
                    e);
        }
    }

    private Target byName(String text) throws CannotAnswerException {
        if (text.isBlank()) {
            throw new CannotAnswerException("the target is empty", AttachPreconditions.SEE_PS);
        }
        List<Jvm> found =
                listing.list().stream().filter(jvm -> jvm.main().contains(text)).toList();
        if (found.size() == 1) {
            return new LocalJvm(found.get(0).pid(), bundledAgent, notices);
        }
        if (found.isEmpty()) {
            boolean likeFile = text.indexOf('/') >= 0 || text.endsWith(".json");
            throw likeFile
                    ? new CannotAnswerException("no file " + text, "sockblame report TARGET -o FILE writes one")
                    : new CannotAnswerException(
                            "no JVM of this machine has '" + text + "' in the name of its main class or jar",
                            AttachPreconditions.SEE_PS);
        }
        String candidates =
                found.stream().map(jvm -> jvm.pid() + " " + jvm.main()).collect(Collectors.joining(", "));
        throw new CannotAnswerException(
                found.size() + " JVMs have '" + text + "' in their names", "choose one by its PID: " + candidates);
    }
}
