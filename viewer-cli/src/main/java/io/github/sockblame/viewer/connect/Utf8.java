// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Decodes UTF-8 and refuses bytes that are none, where {@link String} would put replacement characters. */
final class Utf8 {

    private static final int CHARS_AT_ONCE = 8192;

    private Utf8() {}

    /**
     * Returns the text. A decoder's own buffer for all of it would have twice the size of the bytes, so the check
     * throws away what it decodes.
     *
     * @throws CharacterCodingException if the bytes are not UTF-8
     */
    static String decode(byte[] bytes) throws CharacterCodingException {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(CHARS_AT_ONCE);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            result.throwException();
        }
        return new String(bytes, UTF_8);
    }
}
