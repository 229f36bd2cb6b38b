// SPDX-License-Identifier: Apache-2.0
/** Groups judged sockets into sites: one site for each culprit. */
@NullMarked
package io.github.sockblame.agent.diagnosis.site;

import org.jspecify.annotations.NullMarked;
