// SPDX-License-Identifier: Apache-2.0
/** A small program that leaks on purpose, each leak in a class of its own, and the launcher that shows it to the user. */
@NullMarked
package io.github.sockblame.viewer.demo;

import org.jspecify.annotations.NullMarked;
