// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.kernel.proc.ByteDigits;
import io.github.sockblame.agent.kernel.proc.FieldSplitter;
import io.github.sockblame.agent.kernel.proc.PortRange;
import io.github.sockblame.report.Endpoint;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one column. An address that is equal to that of the row before is not formatted again; this is the
 * usual case if thousands of connections go to one server.
 */
final class AddressColumn {

    private final ByteOrder order;
    private byte[] latest = {};
    private @Nullable String text;

    AddressColumn(ByteOrder order) {
        this.order = order;
    }

    /** The address and the port in this field; null if it is malformed. */
    @Nullable Endpoint endpoint(FieldSplitter row, int field) {
        int colon = row.colon(field);
        long port = colon < 0 ? -1 : ByteDigits.hex(row.bytes(), colon + 1, row.to(field));
        if (port < 0 || port > PortRange.MOST_PORT) {
            return null;
        }
        String address = text(row.bytes(), row.from(field), colon);
        return address == null ? null : new Endpoint(address, (int) port);
    }

    private @Nullable String text(byte[] bytes, int from, int to) {
        if (!Arrays.equals(latest, 0, latest.length, bytes, from, to)) {
            latest = Arrays.copyOfRange(bytes, from, to);
            text = ProcAddressFormat.text(bytes, from, to, order);
        }
        return text;
    }
}
