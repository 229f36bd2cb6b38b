// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.fake;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Rescued;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
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
        Socket socket = new Socket(
                42,
                4711,
                Protocol.TCP,
                TcpState.CLOSE_WAIT,
                new Endpoint("10.0.0.1", 50000),
                remote,
                1L,
                0L,
                Origin.OPENED,
                event,
                null,
                event,
                null,
                null,
                null,
                null,
                NOON.minusSeconds(50),
                Verdict.FORGOTTEN,
                Confidence.CERTAIN,
                1);
        Site.Place place = new Site.Place(0, 1, List.of("checkout-1"), 1);
        Site site = new Site(
                1,
                Verdict.FORGOTTEN,
                Confidence.CERTAIN,
                1,
                NOON.minusSeconds(50),
                Map.of(TcpState.CLOSE_WAIT, 1),
                null,
                null,
                List.of(new Site.RemoteCount(remote, 1)),
                1,
                place,
                place,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
        Stack stack = new Stack(List.of(new Frame("shop.PaymentClient", "charge", "PaymentClient.java", 7)), 0, null);
        return report(
                new Totals(1, 1, 0, Map.of(TcpState.CLOSE_WAIT, 1), 0, Map.of(Protocol.TCP, 1), 1),
                List.of(site),
                List.of(socket),
                List.of(stack));
    }

    /** No socket at all. */
    public static Report clean() {
        return report(new Totals(0, 0, 0, Map.of(), 0, Map.of(), 0), List.of(), List.of(), List.of());
    }

    private static Report report(Totals totals, List<Site> sites, List<Socket> sockets, List<Stack> stacks) {
        return new Report(
                Report.SCHEMA,
                "0.0-fake",
                NOON,
                Duration.ofSeconds(10),
                new Program(1, "shop.jar", "17", NOON.minusSeconds(3600), NOON.minusSeconds(3600), false),
                new FileDescriptors(50, 1024),
                totals,
                sites,
                sockets,
                new Rescued(0, List.of()),
                stacks,
                new AgentHealth(List.of(), List.of(), 0, null, 0),
                List.of(),
                null,
                null,
                null);
    }
}
