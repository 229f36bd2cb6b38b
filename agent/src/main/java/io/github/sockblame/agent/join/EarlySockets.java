// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.report.Origin;
import java.util.Set;

/**
 * The sockets that were open when the agent began to receive events.
 *
 * @param beforeAgent inodes that were open when the agent started
 * @param beforeHooks inodes of all of them, if the agent was in the program from its beginning and its hooks came late;
 *     empty otherwise
 */
public record EarlySockets(Set<Long> beforeAgent, Set<Long> beforeHooks) {

    /** The origin of the untracked socket with this inode. */
    Origin originOf(long inode) {
        if (beforeAgent.contains(inode)) {
            return Origin.BEFORE_AGENT;
        }
        return beforeHooks.contains(inode) ? Origin.BEFORE_HOOKS : Origin.NOT_SEEN;
    }
}
