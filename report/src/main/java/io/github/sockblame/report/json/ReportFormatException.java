// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

/** Has the reason, in one line, why a text is not a report that this version can read. */
public final class ReportFormatException extends Exception {

    public ReportFormatException(String message) {
        super(message);
    }

    public ReportFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
