// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.SockblameMXBean;
import io.github.sockblame.report.json.ReportFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.rmi.ConnectIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;

/** An open connection to a JMX server. Each call to the server has a deadline. */
final class JmxConnection implements TargetConnection {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    /** Short, because a stopped JVM does not answer a close. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final String USE_JMX_PORT =
            "use the port of com.sun.management.jmxremote.port, or run sockblame on its machine with its PID";

    private static final int MAX_CAUSES = 20;

    /** The JDK's property for the sockets to a registry (com.sun.jndi.rmi). */
    private static final String REGISTRY_SOCKETS = "com.sun.jndi.rmi.factory.socket";

    private final JmxTarget target;
    private final JMXConnector connector;

    private JmxConnection(JmxTarget target, JMXConnector connector) {
        this.target = target;
        this.connector = connector;
    }

    static JmxConnection open(JmxTarget target) throws CannotAnswerException {
        try {
            JMXConnector connector = Deadline.within(CONNECT_TIMEOUT, target.name(), () -> connect(target));
            return new JmxConnection(target, connector);
        } catch (CannotAnswerException e) {
            // A web server that awaits the rest of a request does not answer an RMI client at all.
            boolean silent = e.getCause() instanceof TimeoutException;
            throw silent && HttpProbe.isWebServer(target.url()) ? webServer(target, e) : e;
        }
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return call(AgentCall::report);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return call(AgentCall::summary);
    }

    private FetchedReport call(AgentCall<FetchedReport> call) throws CannotAnswerException {
        FetchedReport answer = Deadline.within(CALL_TIMEOUT, target.name(), () -> answer(call));
        if (answer == null) {
            throw target.noAgent();
        }
        return answer;
    }

    /** The answer of the agent; null if the JMX server has no agent. One deadline covers the call and the close. */
    <T> @Nullable T callAndClose(AgentCall<T> call) throws CannotAnswerException {
        return Deadline.within(CALL_TIMEOUT, target.name(), () -> {
            try (connector) {
                return answer(call);
            } catch (IOException e) {
                throw stopped(e);
            }
        });
    }

    @Override
    public void close() {
        try {
            boolean unused = Deadline.within(CLOSE_TIMEOUT, target.name(), () -> {
                try {
                    connector.close();
                } catch (IOException e) {
                    return false; // the server is gone
                }
                return true;
            });
        } catch (CannotAnswerException e) {
            // the server does not answer; it ends the connection by itself
        }
    }

    private <T> @Nullable T answer(AgentCall<T> call) throws CannotAnswerException {
        String name = target.name();
        try {
            SockblameMXBean agent = agent(connector.getMBeanServerConnection());
            return agent == null ? null : call.call(agent);
        } catch (ReportFormatException e) {
            throw new CannotAnswerException(name + " answered with " + e.getMessage(), e);
        } catch (IOException e) {
            throw stopped(e);
        } catch (SecurityException e) {
            throw new ClosedRouteException(
                    "the user has no permission for " + name + " (" + CannotAnswerException.reason(e) + ")",
                    whoPermits(e),
                    e);
        } catch (RuntimeException e) {
            // The proxy throws every exception of the other JVM.
            if (e instanceof UndeclaredThrowableException && e.getCause() instanceof IOException lost) {
                throw stopped(lost);
            }
            String reason = CannotAnswerException.reason(e);
            if (NoMemoryException.isReason(reason)) {
                throw new NoMemoryException(name, reason, e);
            }
            throw new CannotAnswerException(
                    "the agent in " + name + " failed to answer (" + e + ")",
                    "try again, or report it with the output of --debug",
                    e);
        }
    }

    /** The advice for a refusal. Only the JDK's own guard, which begins its message like this, has a file of rights. */
    private static String whoPermits(SecurityException refusal) {
        return String.valueOf(refusal.getMessage()).startsWith("Access denied! Invalid access level")
                ? "give the user readwrite in its file jmxremote.access"
                : "the program guards its MBean server: permit calls of " + SockblameMXBean.OBJECT_NAME;
    }

    private CannotAnswerException stopped(IOException e) {
        return new CannotAnswerException(
                target.name() + " stopped answering (" + CannotAnswerException.reason(e) + ")", "try again", e);
    }

    private static JMXConnector connect(JmxTarget target) throws CannotAnswerException {
        Map<String, Object> environment = new HashMap<>();
        Credentials credentials = target.credentials();
        if (credentials != null) {
            environment.put(JMXConnector.CREDENTIALS, credentials.forJmx());
        }
        try {
            return connect(target, environment);
        } catch (SecurityException | IllegalArgumentException | IOException e) {
            throw failure(target, e);
        }
    }

    /** Connects without TLS first, and then with TLS to the registry. The password is sent only after the registry has answered. */
    // A server can send any object; the filter that the viewer's main sets refuses all but what JMX itself needs.
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(JmxTarget target, Map<String, Object> environment) throws IOException {
        try {
            return JMXConnectorFactory.connect(target.url(), environment);
        } catch (IOException e) {
            if (!hasCause(e, ConnectIOException.class) || hasCause(e, SSLException.class)) {
                throw e;
            }
            environment.put(REGISTRY_SOCKETS, new SslRMIClientSocketFactory());
            try {
                return JMXConnectorFactory.connect(target.url(), environment);
            } catch (IOException overTls) {
                overTls.addSuppressed(e);
                throw overTls;
            }
        }
    }

    private static ClosedRouteException failure(JmxTarget target, Exception e) {
        String name = target.name();
        String reason = " (" + CannotAnswerException.reason(e) + ")";
        Credentials credentials = target.credentials();
        if (e instanceof SecurityException) {
            return credentials == null
                    ? new ClosedRouteException(
                            name + " requires a user and a password" + reason,
                            "add --user NAME --password-file FILE, or run sockblame on its machine with its PID",
                            e)
                    : new ClosedRouteException(
                            name + " refuses the user " + credentials.user() + reason,
                            "compare name and password with its file jmxremote.password",
                            e);
        }
        if (e instanceof IllegalArgumentException) {
            return new ClosedRouteException(
                    name + " is not a JMX address" + reason, "use host:port or service:jmx:...", e);
        }
        if (hasCause(e, ConnectIOException.class) && HttpProbe.isWebServer(target.url())) {
            return webServer(target, e);
        }
        if (hasCause(e, UnknownHostException.class)) {
            return new ClosedRouteException(
                    "the host of " + name + " has no address" + reason, "check the name of the host", e);
        }
        if (hasCause(e, SSLException.class) && !hasCause(e, SSLHandshakeException.class)) {
            return new ClosedRouteException(
                    "the port of " + name + " speaks neither RMI nor TLS" + reason, USE_JMX_PORT, e);
        }
        if (hasCause(e, EOFException.class) || isReset(e)) {
            return new ClosedRouteException(
                    "the port of " + name + " closes the connection before it answers" + reason, USE_JMX_PORT, e);
        }
        if (hasCause(e, SSLException.class)) {
            return new ClosedRouteException(
                    "the TLS connection to " + name + " failed" + reason,
                    "set a trust store: " + CommandHint.ofThisProcess().with("-Djavax.net.ssl.trustStore=FILE")
                            + " ..., and a keyStore if the server requires a client certificate",
                    e);
        }
        return new ClosedRouteException(
                "no JMX server answers at " + name + reason,
                "check the address, or run sockblame on its machine with its PID",
                e);
    }

    /** Returns whether an open connection was reset. The classes below SocketException mean that none was opened. */
    private static boolean isReset(Throwable problem) {
        Throwable cause = problem;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause.getClass() == SocketException.class) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static ClosedRouteException webServer(JmxTarget target, Exception e) {
        return new ClosedRouteException(
                "the port of " + target.name() + " speaks HTTP, and JMX needs RMI", USE_JMX_PORT, e);
    }

    private static boolean hasCause(Throwable problem, Class<? extends Throwable> type) {
        Throwable cause = problem;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
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
