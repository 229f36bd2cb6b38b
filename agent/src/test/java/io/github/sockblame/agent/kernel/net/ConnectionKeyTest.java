// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A row's key is that of the addresses as Java has them. */
class ConnectionKeyTest {

    private static final String LOCAL = "0100007F:8B2E"; // port 35630

    @Test
    void ofAnIpv4Row() throws Exception {
        assertThat(little("0700000A:18EB")).isEqualTo(key("10.0.0.7", 6379)).isNotZero();
    }

    @Test
    void ofAnIpv4AddressThatIsMapped() throws Exception {
        assertThat(little("0000000000000000FFFF00000700000A:18EB")).isEqualTo(key("10.0.0.7", 6379));
    }

    @Test
    void ofAnIpv6Row() throws Exception {
        assertThat(little("B80D0120000000000000000001000000:01BB")).isEqualTo(key("2001:db8::1", 443));
    }

    @Test
    void ofABigEndianMachine() throws Exception {
        assertThat(key("0A000007:18EB", ByteOrder.BIG_ENDIAN)).isEqualTo(key("10.0.0.7", 6379));
    }

    @Test
    void eachPartCounts() throws Exception {
        assertThat(new long[] {
                    key("10.0.0.7", 6379),
                    key("10.0.0.8", 6379),
                    key("10.0.0.7", 6380),
                    key("0:0:0:0:0:0:a00:7", 6379),
                    ConnectionKey.of(InetAddress.getByName("10.0.0.7").getAddress(), 6379, 35631),
                    ConnectionKey.of(InetAddress.getByName("10.0.0.7").getAddress(), 35630, 6379)
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void malformedAddressHasNoKey() {
        assertThat(little("0700000A")).isZero();
        assertThat(little("0700000A:XYZ")).isZero();
        assertThat(little("07000:18EB")).isZero();
    }

    private static long key(String address, int port) throws UnknownHostException {
        return ConnectionKey.of(InetAddress.getByName(address).getAddress(), port, 35630);
    }

    private static long little(String remote) {
        return key(remote, ByteOrder.LITTLE_ENDIAN);
    }

    private static long key(String remote, ByteOrder order) {
        byte[] row = ("4: " + LOCAL + " " + remote + " 06").getBytes(StandardCharsets.US_ASCII);
        FieldSplitter fieldSplitter = new FieldSplitter();
        fieldSplitter.split(row, 0, row.length);
        return ConnectionKey.of(fieldSplitter, order);
    }
}
