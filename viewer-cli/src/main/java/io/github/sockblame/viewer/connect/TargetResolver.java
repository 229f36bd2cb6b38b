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

/** Finds out what the user means by a target: a file, a process id, a JMX address, or a part of a name. */
public final class TargetResolver {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Za-z:.%]+]|[^\\s:/\\[\\]]+):([0-9]{1,5})");
    private static final String JMX_URL = "service:jmx:";
    private static final String SEE_PS = "sockblame ps lists the JVMs of this machine";

    private final BundledAgent carried;
    private final Consumer<String> notices;
    private final BiFunction<Target, String, Target> waitedFor;
    private final CredentialSource credentialSource;
    private final Listing listing;

    /** Where the JVMs of this machine come from. */
    @FunctionalInterface
    interface Listing {
        List<Jvm> list() throws CannotAnswerException;
    }

    /**
     * Targets, some of which may need an agent.
     *
     * @param notices takes what the user should know of how a target is asked, one line each
     * @param credentialSource as whom JMX addresses are asked
     * @param waitedFor stands in for a target, with what the user calls it, so that one can tell that it lets him wait
     */
    public TargetResolver(
            BundledAgent carried,
            Consumer<String> notices,
            CredentialSource credentialSource,
            BiFunction<Target, String, Target> waitedFor) {
        this(carried, notices, credentialSource, waitedFor, Jvms::list);
    }

    TargetResolver(
            BundledAgent carried,
            Consumer<String> notices,
            CredentialSource credentialSource,
            BiFunction<Target, String, Target> waitedFor,
            Listing listing) {
        this.carried = carried;
        this.notices = notices;
        this.credentialSource = credentialSource;
        this.waitedFor = waitedFor;
        this.listing = listing;
    }

    /** The target that the text names. A file comes first, so that {@code ./4242} is never needed to read {@code 4242}. */
    public Target find(String text) throws CannotAnswerException {
        return waitedFor.apply(named(text), text);
    }

    private Target named(String text) throws CannotAnswerException {
        if (isFile(text)) {
            return new SavedReport(Path.of(text));
        }
        if (DIGITS.matcher(text).matches()) {
            return new LocalJvm(Long.parseLong(text), carried, notices);
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
            return new JmxAddress(new JMXServiceURL(url), name, credentialSource.credentials());
        } catch (MalformedURLException e) {
            throw new CannotAnswerException(
                    name + " is no JMX address (" + CannotAnswerException.reason(e) + ")",
                    "host:port and service:jmx:... are",
                    e);
        }
    }

    private Target byName(String text) throws CannotAnswerException {
        if (text.isBlank()) {
            throw new CannotAnswerException("an empty target names nothing", SEE_PS);
        }
        List<Jvm> found =
                listing.list().stream().filter(jvm -> jvm.main().contains(text)).toList();
        if (found.size() == 1) {
            return new LocalJvm(found.get(0).pid(), carried, notices);
        }
        if (found.isEmpty()) {
            boolean likeFile = text.indexOf('/') >= 0 || text.endsWith(".json");
            throw likeFile
                    ? new CannotAnswerException("no file " + text, "sockblame report TARGET -o FILE writes one")
                    : new CannotAnswerException(
                            "no JVM of this machine has '" + text + "' in the name of its main class or jar", SEE_PS);
        }
        String candidates =
                found.stream().map(jvm -> jvm.pid() + " " + jvm.main()).collect(Collectors.joining(", "));
        throw new CannotAnswerException(
                found.size() + " JVMs have '" + text + "' in their names", "name one by its PID: " + candidates);
    }
}
