// SPDX-License-Identifier: Apache-2.0
/** The ways to a report: the argument TARGET, the JVMs of this machine, attach, JMX and files; imports only the report. */
@NullMarked
package io.github.sockblame.viewer.connect;

import org.jspecify.annotations.NullMarked;
