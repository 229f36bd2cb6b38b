// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/**
 * How full the process's table of file descriptors is.
 *
 * @param open open descriptors of any kind; -1 if unknown
 * @param limit the soft limit, {@code RLIMIT_NOFILE}; -1 if unknown or unlimited
 */
public record FileDescriptors(long open, long limit) {}
