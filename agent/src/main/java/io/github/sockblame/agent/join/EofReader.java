// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

/** What became of the thread that read the EOF of a connection. */
public enum EofReader {
    /** It has left the code that read the EOF, or it has ended: no code of that call will close the connection. */
    GONE,
    /** It is still in the code that read the EOF, and may close the connection at its end. */
    THERE,
    /** The agent cannot see it, or the read was one of an event loop, which never stays. */
    UNKNOWN
}
