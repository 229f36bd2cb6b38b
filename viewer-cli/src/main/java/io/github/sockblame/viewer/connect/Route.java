// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

/** One route to the agent of a JVM of this machine. */
interface Route {

    /** Its name in messages. */
    String label();

    /** What the viewer does when it takes this route because another one is closed. */
    String notice() throws CannotAnswerException;

    /**
     * Sends a request to the agent.
     *
     * @throws ClosedRouteException if this route does not lead to the agent
     */
    <T> T send(AgentRequest<T> agentRequest) throws CannotAnswerException;
}
