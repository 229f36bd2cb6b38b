// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Remembers since when each socket is known to be in its present TCP state. Exact to the period in which it is told.
 *
 * <p>Only the watch thread and those that ask for a report come here.
 */
final class StateHistory {

    private final Map<Integer, Sighting> byFd = new HashMap<>();

    private int round;

    /** What was seen of one descriptor. */
    private static final class Sighting {
        final Object socket;
        final TcpState state;
        final long sinceMillis;
        int round;

        Sighting(Object socket, TcpState state, long sinceMillis) {
            this.socket = socket;
            this.state = state;
            this.sinceMillis = sinceMillis;
        }

        boolean isOf(Object otherSocket, TcpState otherState) {
            return state == otherState && socket.equals(otherSocket);
        }
    }

    /** Begins a round of sightings. */
    synchronized void beginRound() {
        round++;
    }

    /**
     * Notes the state that a socket is in now.
     *
     * @param socket what tells this socket from another that had the same descriptor number
     * @return since when it is known to be in that state, in milliseconds since the epoch
     */
    synchronized long observe(int fd, Object socket, TcpState state, long nowMillis) {
        Sighting sighting = byFd.get(fd);
        if (sighting == null || !sighting.isOf(socket, state)) {
            sighting = new Sighting(socket, state, nowMillis);
            byFd.put(fd, sighting);
        }
        sighting.round = round;
        return sighting.sinceMillis;
    }

    /** Forgets the sockets that were not seen in this round. */
    synchronized void endRound() {
        for (Iterator<Sighting> sightings = byFd.values().iterator(); sightings.hasNext(); ) {
            if (sightings.next().round != round) {
                sightings.remove();
            }
        }
    }
}
