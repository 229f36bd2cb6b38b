// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.report.Report;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the report of an alert. */
interface ReportDestination {

    /**
     * Writes one report.
     *
     * @return its file
     * @throws IOException if it cannot be written
     */
    Path write(Report report) throws IOException;
}
