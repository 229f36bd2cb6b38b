// SPDX-License-Identifier: Apache-2.0
/** How a report is got: what the user named, the JVMs of this machine, attach, JMX and files; imports the report alone. */
@NullMarked
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.NullMarked;
