// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

/**
 * The fields of one line, between runs of blanks, as ranges of the line's buffer: a field needs no object.
 *
 * <p>Columns have no fixed place in {@code /proc}: they get wider with their content.
 */
public final class FieldSplitter {

    /** Fields beyond these are skipped. */
    private static final int MAX_FIELDS = 10;

    private final int[] from = new int[MAX_FIELDS];
    private final int[] to = new int[MAX_FIELDS];
    private byte[] bytes = new byte[0];
    private int count;
    private int end;

    public void split(byte[] line, int start, int endOfLine) {
        bytes = line;
        end = endOfLine;
        count = 0;
        int i = start;
        while (count < MAX_FIELDS) {
            while (i < end && line[i] == ' ') {
                i++;
            }
            if (i == end) {
                return;
            }
            from[count] = i;
            while (i < end && line[i] != ' ') {
                i++;
            }
            to[count++] = i;
        }
    }

    /** The number of fields, at most 10. */
    public int count() {
        return count;
    }

    /** A hash of the text after the last of the fields. */
    public int hashOfRest() {
        int hash = 0;
        for (int i = count == 0 ? end : to[count - 1]; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** The buffer that has the line. */
    public byte[] bytes() {
        return bytes;
    }

    /** The first index of the field in {@link #bytes}. */
    public int from(int field) {
        return from[field];
    }

    /** The index after the field in {@link #bytes}. */
    public int to(int field) {
        return to[field];
    }

    boolean is(int field, String ascii) {
        int length = to[field] - from[field];
        if (length != ascii.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from[field] + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The decimal number that the field is; -1 if it is none, or a negative one, or one of more than 15 digits. */
    public long decimal(int field) {
        return ByteDigits.decimal(bytes, from[field], to[field]);
    }

    /** The hexadecimal number that the field is; -1 if it is none. */
    public long hex(int field) {
        return ByteDigits.hex(bytes, from[field], to[field]);
    }

    /** The hexadecimal number before the field's first colon; -1 if there is none. */
    public long hexBeforeColon(int field) {
        int colon = colon(field);
        return colon < 0 ? -1 : ByteDigits.hex(bytes, from[field], colon);
    }

    /** The hexadecimal number after the field's first colon; -1 if there is none. */
    public long hexAfterColon(int field) {
        int colon = colon(field);
        return colon < 0 ? -1 : ByteDigits.hex(bytes, colon + 1, to[field]);
    }

    /** Place of the field's first colon in {@link #bytes}; -1 if it has none. */
    public int colon(int field) {
        for (int i = from[field]; i < to[field]; i++) {
            if (bytes[i] == ':') {
                return i;
            }
        }
        return -1;
    }
}
