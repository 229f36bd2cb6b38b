// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.fake;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reports made by hand. */
public final class Reports {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Reports() {}

    /** One connection, forgotten by {@code PaymentClient.charge}. */
    public static Report leaky() {
        Endpoint remote = new Endpoint("10.2.3.4", 443);
        Event event = new Event(NOON.minusSeconds(60), "checkout-1", 0);
        Socket socket = SampleSocket.tcp(42, TcpState.CLOSE_WAIT)
                .inode(4711)
                .addresses(new Endpoint("10.0.0.1", 50000), remote)
                .queues(1L, 0L)
                .opened(event)
                .eof(event)
                .stateSince(NOON.minusSeconds(50))
                .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                .build();
        Site.Place place = new Site.Place(0, 1, List.of("checkout-1"), 1);
        Site site = SampleSite.of(Verdict.FORGOTTEN)
                .confidence(Confidence.CERTAIN)
                .oldestSince(NOON.minusSeconds(50))
                .remote(remote)
                .eof(place)
                .opened(place)
                .build();
        Stack stack = new Stack(List.of(new Frame("shop.PaymentClient", "charge", "PaymentClient.java", 7)), 0, null);
        return report().totals(new Totals(1, 1, 0, Map.of(TcpState.CLOSE_WAIT, 1), 0, Map.of(Protocol.TCP, 1), 1, null))
                .sites(site)
                .sockets(socket)
                .stacks(stack)
                .build();
    }

    /** No socket at all. */
    public static Report clean() {
        return report().stacks().build();
    }

    private static SampleReports report() {
        return SampleReports.quiet()
                .agentVersion(FakeAgent.VERSION)
                .takenAt(NOON)
                .program(new Program(1, "shop.jar", "17", NOON.minusSeconds(3600), NOON.minusSeconds(3600), false))
                .fileDescriptors(new FileDescriptors(50, 1024));
    }
}
