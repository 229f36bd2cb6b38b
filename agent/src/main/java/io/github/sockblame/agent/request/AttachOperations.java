// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import io.github.sockblame.agent.service.ReportService;

/** What a live agent does for requests that come by attach. */
public interface AttachOperations {

    /** The source of reports. */
    ReportService reports();

    /** Registers the MXBean, if that is possible. */
    void register();

    /** Removes the agent from the JVM; never throws, and returns the result in one line. */
    String detach();
}
