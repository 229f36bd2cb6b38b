// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.ReportFormatException;
import io.github.sockblame.report.SockblameMXBean;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.rmi.ConnectIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.net.ssl.SSLException;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A JMX server, here or elsewhere.
 *
 * @param url its address
 * @param name what the user calls it
 * @param credentials as whom it is asked; null as nobody
 */
record JmxAddress(JMXServiceURL url, String name, @Nullable Credentials credentials) implements Target {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);

    /** The JDK's property for the sockets to a registry (com.sun.jndi.rmi). */
    private static final String REGISTRY_SOCKETS = "com.sun.jndi.rmi.factory.socket";

    /** What is wanted of the agent. */
    @FunctionalInterface
    interface Question<T> {
        T ask(SockblameMXBean agent) throws ReportFormatException, CannotAnswerException;
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        FetchedReport.prepare();
        return ask(JmxAddress::readReport);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        FetchedReport.prepare();
        return ask(JmxAddress::readSummary);
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        return ask(agent -> watch(agent, site, on));
    }

    static String watch(SockblameMXBean agent, int site, boolean on) throws CannotAnswerException {
        try {
            return on ? agent.watch(site) : agent.unwatch(site);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        } catch (RuntimeMBeanException e) {
            if (e.getTargetException() instanceof IllegalArgumentException refusal) {
                throw refused(refusal);
            }
            throw e;
        }
    }

    private static CannotAnswerException refused(IllegalArgumentException e) {
        return new CannotAnswerException(
                CannotAnswerException.reason(e), "sockblame leaks TARGET numbers the sites", e);
    }

    @Override
    public String detach() throws CannotAnswerException {
        return ask(SockblameMXBean::detach);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    static FetchedReport readReport(SockblameMXBean agent) throws ReportFormatException {
        return FetchedReport.of(agent.reportJson());
    }

    static FetchedReport readSummary(SockblameMXBean agent) throws ReportFormatException {
        String json;
        try {
            json = agent.summaryJson();
        } catch (UndeclaredThrowableException e) { // an agent that was built before has no such operation
            if (!(e.getCause() instanceof ReflectionException)) {
                throw e;
            }
            json = agent.reportJson();
        }
        return FetchedReport.of(json);
    }

    /** The answer of the agent there. */
    <T> T ask(Question<T> question) throws CannotAnswerException {
        T answer = askIfThere(question);
        if (answer == null) {
            throw new CannotAnswerException(
                    name + " has no Sockblame agent in it", "sockblame attach PID, on its machine");
        }
        return answer;
    }

    /** The answer of the agent there; null if there is a JMX server and no agent. */
    <T> @Nullable T askIfThere(Question<T> question) throws CannotAnswerException {
        JMXConnector connector = open();
        return Deadline.within(ANSWER_PATIENCE, name, () -> {
            try (connector) {
                return answer(connector, question);
            } catch (IOException e) {
                throw stopped(e);
            }
        });
    }

    /** A connection to it, which whoever asked for it closes. */
    JMXConnector open() throws CannotAnswerException {
        return Deadline.within(CONNECT_PATIENCE, name, this::connect);
    }

    /** The same answer over a connection that stays open. */
    <T> @Nullable T askIfThere(JMXConnector connector, Question<T> question) throws CannotAnswerException {
        return Deadline.within(ANSWER_PATIENCE, name, () -> answer(connector, question));
    }

    private <T> @Nullable T answer(JMXConnector connector, Question<T> question) throws CannotAnswerException {
        try {
            SockblameMXBean agent = agent(connector.getMBeanServerConnection());
            return agent == null ? null : question.ask(agent);
        } catch (ReportFormatException e) {
            throw new CannotAnswerException(name + " answered with " + e.getMessage(), e);
        } catch (IOException e) {
            throw stopped(e);
        } catch (SecurityException e) {
            throw new CannotAnswerException(
                    "the user may not ask " + name + " (" + CannotAnswerException.reason(e) + ")",
                    "an operation needs readwrite in its file jmxremote.access",
                    e);
        } catch (RuntimeException e) {
            // The proxy hands on whatever went wrong over there.
            throw new CannotAnswerException(
                    "the agent in " + name + " failed to answer (" + e + ")",
                    "try again, and report it with what --debug prints",
                    e);
        }
    }

    private CannotAnswerException stopped(IOException e) {
        return new CannotAnswerException(
                name + " stopped answering (" + CannotAnswerException.reason(e) + ")", "try again", e);
    }

    private JMXConnector connect() throws CannotAnswerException {
        Map<String, Object> environment = new HashMap<>();
        if (credentials != null) {
            environment.put(JMXConnector.CREDENTIALS, credentials.forJmx());
        }
        try {
            return connectWith(environment);
        } catch (SecurityException e) {
            throw credentials == null
                    ? new CannotAnswerException(
                            name + " asks for a user and a password (" + CannotAnswerException.reason(e) + ")",
                            "name them by --user NAME --password-file FILE, or run sockblame on its machine and name its PID",
                            e)
                    : new CannotAnswerException(
                            name + " refuses the user " + credentials.user() + " (" + CannotAnswerException.reason(e)
                                    + ")",
                            "see that name and password are those of its file jmxremote.password",
                            e);
        } catch (IllegalArgumentException e) {
            throw new CannotAnswerException(
                    name + " is no JMX address (" + CannotAnswerException.reason(e) + ")",
                    "host:port and service:jmx:... are",
                    e);
        } catch (IOException e) {
            if (hasCause(e, SSLException.class)) {
                throw new CannotAnswerException(
                        name + " speaks TLS, and that failed (" + CannotAnswerException.reason(e) + ")",
                        "name whom to trust: " + CommandHint.ofThisProcess().with("-Djavax.net.ssl.trustStore=FILE")
                                + " ..., and keyStore if it asks who you are",
                        e);
            }
            throw new CannotAnswerException(
                    "no JMX server answers at " + name + " (" + CannotAnswerException.reason(e) + ")",
                    "check the address, or run sockblame on its machine and name its PID",
                    e);
        }
    }

    /** A registry may speak TLS as well; no password has been sent when that is found out. */
    // A server can send what it likes; the filter that the viewer's main sets refuses all but what JMX itself needs.
    @SuppressWarnings("BanJNDI")
    private JMXConnector connectWith(Map<String, Object> environment) throws IOException {
        try {
            return JMXConnectorFactory.connect(url, environment);
        } catch (IOException e) {
            if (!hasCause(e, ConnectIOException.class) || hasCause(e, SSLException.class)) {
                throw e;
            }
            environment.put(REGISTRY_SOCKETS, new SslRMIClientSocketFactory());
            try {
                return JMXConnectorFactory.connect(url, environment);
            } catch (IOException overTls) {
                overTls.addSuppressed(e);
                throw overTls;
            }
        }
    }

    private static boolean hasCause(Throwable problem, Class<? extends Throwable> type) {
        Throwable cause = problem;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static @Nullable SockblameMXBean agent(MBeanServerConnection server) throws IOException {
        ObjectName objectName;
        try {
            objectName = new ObjectName(SockblameMXBean.OBJECT_NAME);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
        return server.isRegistered(objectName) ? JMX.newMXBeanProxy(server, objectName, SockblameMXBean.class) : null;
    }
}
