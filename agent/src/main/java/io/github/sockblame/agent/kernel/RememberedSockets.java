// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

/**
 * Which socket was behind a descriptor when it was asked last, if nobody has heard of its close since. Such a one is not asked again if a table has a
 * row with its inode: a socket that is closed has none.
 */
@FunctionalInterface
public interface RememberedSockets {

    /** None: each descriptor is asked. */
    RememberedSockets NONE = fd -> 0;

    /** The inode of the socket; 0 if it has to be asked for. */
    long inodeOf(int fd);
}
