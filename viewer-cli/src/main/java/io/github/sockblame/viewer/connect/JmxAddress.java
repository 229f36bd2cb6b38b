// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.ReportFormatException;
import io.github.sockblame.report.SockblameMXBean;
import java.io.IOException;
import java.time.Duration;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * A JMX server, here or elsewhere.
 *
 * @param url its address
 * @param name what the user calls it
 */
record JmxAddress(JMXServiceURL url, String name) implements Target {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);

    /** What is wanted of the agent. */
    @FunctionalInterface
    interface Question<T> {
        T ask(SockblameMXBean agent) throws ReportFormatException, CannotAnswerException;
    }

    @Override
    public Reading read() throws CannotAnswerException {
        return ask(JmxAddress::readReport);
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

    static Reading readReport(SockblameMXBean agent) throws ReportFormatException {
        return Reading.of(agent.reportJson());
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

    // A server can send what it likes; the filter that the viewer's main sets refuses all but what JMX itself needs.
    @SuppressWarnings("BanJNDI")
    private JMXConnector connect() throws CannotAnswerException {
        try {
            return JMXConnectorFactory.connect(url);
        } catch (SecurityException e) {
            throw new CannotAnswerException(
                    name + " asks for a user and a password (" + CannotAnswerException.reason(e) + ")",
                    "run sockblame on its machine and name its PID",
                    e);
        } catch (IllegalArgumentException e) {
            throw new CannotAnswerException(
                    name + " is no JMX address (" + CannotAnswerException.reason(e) + ")",
                    "host:port and service:jmx:... are",
                    e);
        } catch (IOException e) {
            throw new CannotAnswerException(
                    "no JMX server answers at " + name + " (" + CannotAnswerException.reason(e) + ")",
                    "check the address, or run sockblame on its machine and name its PID",
                    e);
        }
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
