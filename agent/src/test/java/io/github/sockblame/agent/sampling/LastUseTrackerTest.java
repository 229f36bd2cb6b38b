// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.LastUseCapture;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Frame;
import java.io.FileDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastUseTrackerTest {

    private static final long NOW = 1_000_000;
    private static final long SUSPECTED = NOW - 10_000;
    private static final long SOUND = 0;
    private static final long GRACE_MILLIS = 3000;

    private final LastUseCapture lastUseCapture =
            new LedgerView(TestLedger.of(new FakeDescriptorAccess())).lastUseCapture();
    private final LastUseTracker looks = new LastUseTracker(lastUseCapture, CulpritFinder.of(List.of(), List.of()));

    private static TrackedSocket openedAt(String method) {
        return SampleSocket.of(7, SampleEvent.of(stack(method), "main", 1, NOW - 60_000), null, null, null);
    }

    private static CallStack stack(String method) {
        return CallStack.of(new StackTraceElement("com.acme.Client", method, "Client.java", 7));
    }

    private static Frame place(String method) {
        return Frame.of(new StackTraceElement("com.acme.Client", method, "Client.java", 7));
    }

    private void round(long now, Object... socketsAndSince) {
        looks.beginRound();
        for (int i = 0; i < socketsAndSince.length; i += 2) {
            long since = (Long) socketsAndSince[i + 1];
            boolean suspect = since > 0 && now - since >= GRACE_MILLIS;
            looks.observe((TrackedSocket) socketsAndSince[i], null, suspect ? now - since : RoundObserver.NO_SUSPECT);
        }
        looks.endRound(now);
    }

    @Test
    void placeIsTrackedWhileItHasSuspects() {
        TrackedSocket suspect = openedAt("leak");
        TrackedSocket sibling = openedAt("leak");
        TrackedSocket other = openedAt("other");
        round(NOW, sibling, SOUND, other, SOUND);
        assertThat(lastUseCapture.isEnabled()).isFalse();

        round(NOW, suspect, SUSPECTED, sibling, SOUND, other, SOUND);
        assertThat(lastUseCapture.isEnabled()).isTrue();
        assertThat(looks.places()).singleElement().asString().contains("Client.leak", "has suspects");
        other.startUseCapture(); // it was opened meanwhile
        round(NOW, suspect, SUSPECTED, sibling, SOUND, other, SOUND);
        assertThat(sibling.capturesUse()).isTrue();
        assertThat(suspect.capturesUse()).isFalse();
        assertThat(other.capturesUse()).isFalse();

        round(NOW, sibling, SOUND, other, SOUND);
        assertThat(lastUseCapture.isEnabled()).as("healed").isFalse();
        round(NOW, sibling, SOUND, other, SOUND);
        assertThat(sibling.capturesUse()).isFalse();
    }

    @Test
    void gracePeriodPreventsTracking() {
        round(NOW, openedAt("leak"), NOW - 2999);
        assertThat(lastUseCapture.isEnabled()).isFalse();
        round(NOW, openedAt("leak"), NOW - 3000);
        assertThat(lastUseCapture.isEnabled()).isTrue();
    }

    @Test
    void roundKeepsLastUseOnlyOfSuspects() {
        TrackedSocket suspect = SampleSocket.usedBy(SampleEvent.of(stack("use"), "main", 1, NOW), openedAt("leak"));
        TrackedSocket other = SampleSocket.usedBy(SampleEvent.of(stack("use"), "main", 1, NOW), openedAt("other"));
        other.startUseCapture();
        round(NOW, suspect, SUSPECTED, other, SOUND);

        assertThat(other.lastUse()).isNull();
        assertThat(requireNonNull(suspect.lastUse()).stack()).isEqualTo(stack("use"));
    }

    @Test
    void anHourIsLongEnough() {
        TrackedSocket suspect = openedAt("leak");
        round(NOW, suspect, SUSPECTED);
        long end = NOW + LastUseTracker.MAX_DURATION.toMillis();
        round(end - 1, suspect, SUSPECTED);
        assertThat(lastUseCapture.isEnabled()).isTrue();
        round(end, suspect, SUSPECTED);
        assertThat(lastUseCapture.isEnabled()).isFalse();
        round(end + 1000, suspect, SUSPECTED);
        assertThat(lastUseCapture.isEnabled())
                .as("not again while it has suspects")
                .isFalse();

        round(end + 2000);
        round(end + 3000, suspect, SUSPECTED);
        assertThat(lastUseCapture.isEnabled()).as("again after it had none").isTrue();
    }

    @Test
    void trackingEndsAfterSixteenLastUses() {
        Object[] suspects = new Object[32];
        for (int i = 0; i < suspects.length; i += 2) {
            suspects[i] = SampleSocket.usedBy(SampleEvent.of(stack("use"), "main", 1, NOW), openedAt("leak"));
            suspects[i + 1] = SUSPECTED;
        }
        round(NOW, openedAt("leak"), SUSPECTED);
        round(NOW, suspects);
        assertThat(lastUseCapture.isEnabled()).isFalse();

        looks.startTracking(place("leak"), NOW);
        round(NOW, suspects);
        assertThat(lastUseCapture.isEnabled())
                .as("somebody wants to see more of it")
                .isTrue();
    }

    @Test
    void onlySoManyConnectionsAreLookedAtAtOnce() {
        Object[] siblings = new Object[2 * 101];
        for (int i = 0; i < siblings.length; i += 2) {
            siblings[i] = openedAt("leak");
            siblings[i + 1] = SOUND;
        }
        looks.startTracking(place("leak"), NOW);
        round(NOW, siblings);
        assertThat(((TrackedSocket) siblings[198]).capturesUse()).isTrue();
        assertThat(((TrackedSocket) siblings[200]).capturesUse()).isFalse();
    }

    @Test
    void requestedTrackingNeedsNoSuspects() {
        looks.startTracking(place("rest"), NOW);
        TrackedSocket socket = openedAt("rest");
        round(NOW, socket, SOUND);
        assertThat(socket.capturesUse()).isTrue();
        assertThat(looks.places()).singleElement().asString().contains("asked for");

        assertThat(looks.stopTracking(place("rest"))).isTrue();
        assertThat(looks.stopTracking(place("rest"))).isFalse();
        assertThat(lastUseCapture.isEnabled()).isFalse();
    }

    @Test
    void stoppedTrackingDoesNotRestartByItself() {
        TrackedSocket suspect = openedAt("leak");
        round(NOW, suspect, SUSPECTED);
        assertThat(looks.stopTracking(place("leak"))).isTrue();
        round(NOW, suspect, SUSPECTED);
        assertThat(lastUseCapture.isEnabled()).isFalse();
    }

    @Test
    void askingAgainAndAgainAllowsNoMoreThanAskingOnce() {
        FakeDescriptorAccess numbers = new FakeDescriptorAccess();
        Ledger ledger = TestLedger.of(numbers);
        LedgerView view = new LedgerView(ledger);
        LastUseTracker asked = new LastUseTracker(view.lastUseCapture(), CulpritFinder.of(List.of(), List.of()));
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        socket.startUseCapture();
        asked.startTracking(place("rest"), NOW);
        for (int i = 0; i < 1000; i++) {
            ledger.ioCompleted(fd);
        }
        CapturedEvent last = requireNonNull(socket.lastUse());
        for (int i = 0; i < 3; i++) {
            assertThat(asked.stopTracking(place("rest"))).isTrue();
            asked.startTracking(place("rest"), NOW + 499);
            asked.endRound(NOW + 499);
            ledger.ioCompleted(fd);
        }
        assertThat(socket.lastUse()).isSameAs(last);

        asked.endRound(NOW + 500);
        ledger.ioCompleted(fd);
        assertThat(socket.lastUse()).isNotSameAs(last);
    }
}
