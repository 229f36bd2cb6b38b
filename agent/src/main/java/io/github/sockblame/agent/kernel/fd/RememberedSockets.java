// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

/**
 * The socket behind a descriptor at the latest fstat, if there was no close event since. It needs no fstat again if a
 * table has a row with its inode, because a closed socket has none.
 */
@FunctionalInterface
public interface RememberedSockets {

    /** None: each descriptor gets an fstat. */
    RememberedSockets NONE = new RememberedSockets() {
        @Override
        public long inodeOf(int fd) {
            return 0;
        }
    };

    /** The inode of the socket; 0 if it needs an fstat. */
    long inodeOf(int fd);
}
