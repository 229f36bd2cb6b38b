// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SocketRegistryTest {

    private static final int FIRST = 101;
    private static final int SECOND = 102;

    private final SocketRegistry registry = new SocketRegistry();

    private TrackedSocket put(int number, int identity) {
        TrackedSocket socket = new TrackedSocket(number, identity, null, false, null);
        registry.put(socket);
        return socket;
    }

    @Test
    void aRecordIsFoundByNumberAndIdentityTogether() {
        TrackedSocket socket = put(7, FIRST);

        assertThat(registry.find(7, FIRST)).isSameAs(socket);
        assertThat(registry.find(7, SECOND)).isNull();
        assertThat(registry.find(8, FIRST)).isNull();
        assertThat(registry.at(7)).isSameAs(socket);
    }

    @Test
    void aSlotIsClaimedOnceByEachOwner() {
        assertThat(registry.claimSlot(7, FIRST)).isTrue();
        put(7, FIRST);
        assertThat(registry.claimSlot(7, FIRST)).isFalse();
        assertThat(registry.missedCloses()).isZero();

        assertThat(registry.claimSlot(7, SECOND)).isTrue();
        assertThat(registry.at(7)).as("removed before the new record is made").isNull();
        assertThat(registry.missedCloses()).isEqualTo(1);
    }

    @Test
    void aDescriptorThatIsClosedClaimsAndAdoptsNothing() {
        TrackedSocket socket = put(7, FIRST);
        assertThat(registry.removeClosed(7, FIRST)).isSameAs(socket);

        assertThat(registry.claimSlot(7, FIRST)).isFalse();
        assertThat(registry.findOrAdopt(7, FIRST)).isNull();
        assertThat(registry.adoptIfFree(7, FIRST)).isNull();
        assertThat(registry.findOrAdoptListener(7, FIRST)).isNull();
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void anEventInTimeReplacesAStaleRecordAndALateOneDoesNot() {
        TrackedSocket present = put(7, SECOND);
        assertThat(registry.adoptIfFree(7, FIRST)).isNull();
        assertThat(registry.findOrAdoptListener(7, FIRST)).isNull();
        assertThat(registry.at(7)).isSameAs(present);

        assertThat(registry.findOrAdopt(7, FIRST)).isNotNull().isNotSameAs(present);
        assertThat(registry.missedCloses()).isEqualTo(1);
    }

    @Test
    void anAdoptionIsUndoneUnlessTheSlotHasAnotherRecord() {
        TrackedSocket adopted = requireNonNull(registry.adoptIfFree(7, FIRST));
        assertThat(registry.undoAdoption(adopted)).isNull();
        assertThat(registry.at(7)).isNull();

        TrackedSocket next = put(7, SECOND);
        assertThat(registry.undoAdoption(adopted)).isNull();
        assertThat(registry.at(7)).isSameAs(next);
    }

    @Test
    void onlyANumberThatIsTooHighIsCounted() {
        assertThat(registry.checkRange(-1)).isFalse();
        assertThat(registry.beyondTable()).isZero();
        assertThat(registry.checkRange(Integer.MAX_VALUE)).isFalse();
        assertThat(registry.claimSlot(Integer.MAX_VALUE, FIRST)).isFalse();
        assertThat(registry.beyondTable()).isEqualTo(2);
        assertThat(registry.checkRange(7)).isTrue();
    }

    @Test
    void aNativeNumberKeepsTheRecordThatItHas() {
        TrackedSocket ofJdk = put(7, FIRST);
        assertThat(registry.findOrAdoptNative(7)).isSameAs(ofJdk);
        assertThat(registry.findOrAdoptNativeListener(7)).isSameAs(ofJdk);
        assertThat(registry.findOrAdoptNativeListener(8)).isNotNull().matches(TrackedSocket::isNativeIo);
        assertThat(registry.findOrAdoptNativeListener(Integer.MAX_VALUE)).isNull();
        assertThat(registry.findOrAdoptNative(-1)).isNull();
    }
}
