// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel says of this process's sockets: readers of {@code /proc}, the state and protocol of an own descriptor.
 *
 * <p>Imports the JDK and the report's words for a protocol, a TCP state and an address; knows no Java object of the program.
 */
@NullMarked
package io.github.sockblame.agent.kernel;

import org.jspecify.annotations.NullMarked;
