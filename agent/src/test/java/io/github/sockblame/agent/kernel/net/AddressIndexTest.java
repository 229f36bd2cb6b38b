// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressIndexTest {

    private final AddressIndex addresses = new AddressIndex(1000);

    private static int add(AddressIndex to, String text) {
        byte[] bytes = ("<" + text + ">").getBytes(US_ASCII);
        return to.add(bytes, 1, bytes.length - 1);
    }

    @Test
    void numbersTheAddressesInTheOrderOfTheirArrival() {
        for (int i = 0; i < 1000; i++) {
            assertThat(add(addresses, "0100007F:" + i)).isEqualTo(i);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(add(addresses, "0100007F:" + i)).isEqualTo(i);
            assertThat(new String(addresses.at(i), US_ASCII)).isEqualTo("0100007F:" + i);
        }
        assertThat(addresses.size()).isEqualTo(1000);
    }

    @Test
    void withoutRoomItHasOnlyTheAddressesThatItHad() {
        AddressIndex two = new AddressIndex(2);
        assertThat(add(two, "a")).isZero();
        assertThat(add(two, "b")).isEqualTo(1);

        assertThat(add(two, "c")).isEqualTo(-1);
        assertThat(add(two, "b")).isEqualTo(1);
        assertThat(two.size()).isEqualTo(2);
    }
}
