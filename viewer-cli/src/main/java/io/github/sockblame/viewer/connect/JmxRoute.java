// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.time.Duration;
import javax.management.remote.JMXServiceURL;

/** The route by the JMX connector of the JVM, which an attach starts. It stays in that JVM and listens, so this route is for JVMs that have JMX. */
final class JmxRoute implements Route {

    /** Three times what the JDK itself waits for a JVM to open its attach socket. */
    static final Duration ATTACH_TIMEOUT = Duration.ofSeconds(30);

    private final LocalProcess process;
    private final AttachRoute attachRoute;

    JmxRoute(LocalProcess process, AttachRoute attachRoute) {
        this.process = process;
        this.attachRoute = attachRoute;
    }

    @Override
    public String label() {
        return "JMX";
    }

    @Override
    public String notice() {
        return "using JMX";
    }

    /**
     * Sends a request to the agent. If its MXBean is not registered yet, the agent registers it first.
     *
     * <p>A JDK of 21 or later prints a warning to the standard error of the program when an agent is loaded. So that is the second choice.
     */
    @Override
    public <T> T send(AgentRequest<T> agentRequest) throws CannotAnswerException {
        JmxTarget jmx = target();
        T answer = jmx.callIfPresent(agentRequest.call());
        if (answer == null) {
            attachRoute.register();
            answer = jmx.callIfPresent(agentRequest.call());
        }
        if (answer == null) {
            throw new ClosedRouteException(
                    "the agent in " + process.name() + " is not registered with JMX",
                    "see the standard error of that JVM");
        }
        return answer;
    }

    /** The JMX server of the JVM itself. */
    JmxTarget target() throws CannotAnswerException {
        if (!process.sharesNetwork()) {
            throw new ClosedRouteException(
                    process.name() + " is in another network namespace",
                    "run sockblame there: nsenter -n -t " + process.pid());
        }
        return new JmxTarget(Deadline.within(ATTACH_TIMEOUT, process.name(), this::address), process.name(), null);
    }

    private JMXServiceURL address() throws CannotAnswerException {
        try (AttachedJvm jvm = AttachedJvm.attach(process.pid())) {
            jvm.checkAgentAndHeap();
            return jvm.managementAddress();
        }
    }
}
