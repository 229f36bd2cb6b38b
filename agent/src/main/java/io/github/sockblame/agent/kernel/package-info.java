// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel says of this process's sockets: readers of {@code /proc}, and the TCP state of an own descriptor.
 *
 * <p>Imports the JDK and the report's words for a TCP state and an address; knows no Java object of the program.
 */
@NullMarked
package io.github.sockblame.agent.kernel;

import org.jspecify.annotations.NullMarked;
