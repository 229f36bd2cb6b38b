// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** Says in one line why some text is not a report that this version can read. */
public final class ReportFormatException extends Exception {

    ReportFormatException(String message) {
        super(message);
    }

    ReportFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
