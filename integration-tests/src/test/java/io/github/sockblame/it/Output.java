// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

/** What a program left behind: its two streams and its exit status. */
record Output(String out, String err, int status) {}
