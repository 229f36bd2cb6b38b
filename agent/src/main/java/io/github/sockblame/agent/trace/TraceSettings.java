// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.trace;

import io.github.sockblame.agent.file.FilePattern;
import io.github.sockblame.agent.redact.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * The user's options for the trace.
 *
 * @param filePattern the name of the file, see {@link FilePattern}
 * @param maxBytes the largest size of the file
 * @param redaction replaces the addresses in the file; null if there is no redaction
 */
public record TraceSettings(
        String filePattern, long maxBytes, @Nullable Redaction redaction) {}
