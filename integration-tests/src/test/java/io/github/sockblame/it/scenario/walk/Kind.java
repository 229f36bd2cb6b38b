// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.net.SocketAddress;

/** A way to make both ends of a connection. */
interface Kind {

    /** Kinds of one family can be connected with each other. */
    enum Family {
        PLAIN,
        TLS,
        UNIX
    }

    Family family();

    /** What its connecting side is called. */
    String name();

    /** Connects to a listener that has room for it. */
    Side connect(SocketAddress to) throws Exception;

    /** A new listener at an address of its own. */
    Listener listen() throws Exception;
}
