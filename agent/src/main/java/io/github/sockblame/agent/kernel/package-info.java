// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's data on this process's sockets: readers of {@code /proc}, and of the state and protocol of an own
 * descriptor.
 *
 * <p>Imports the JDK and the report's words for a protocol, a TCP state and an address; independent of the program's
 * Java objects.
 */
@NullMarked
package io.github.sockblame.agent.kernel;

import org.jspecify.annotations.NullMarked;
