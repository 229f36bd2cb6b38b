// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.redact;

import io.github.sockblame.report.net.NumericAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces addresses by pseudonyms: {@code host-1} is the same host in every place. A number is never given twice; a
 * host that did not occur for long may get another.
 *
 * <p>Not for two threads at once.
 */
final class HostPseudonyms {

    static final String HIDDEN = "[redacted]";

    /**
     * Numeric addresses, or texts that may be one; the last group of a thread's name may be folded to an asterisk.
     * Repetitions are bounded, because the matcher recurses with each, and the program may give its threads names of
     * any length.
     */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.])"
            + "|(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F*]{0,4}){2,16}|::[0-9a-fA-F*]{0,4}(?::[0-9a-fA-F*]{0,4}){0,16})"
            + "(?:(?:\\.\\d{1,3}){3})?");

    /** Names with dots, as hosts have them, and any text at the place of a host in a URL. */
    private static final Pattern NAME =
            Pattern.compile("(?<=://)[^/\\s:]+|[\\p{Alnum}_*-]+(?:\\.[\\p{Alnum}_*-]+){1,100}");

    private final int kept;
    private final Map<String, String> names = new LinkedHashMap<>(16, 0.75f, true);
    private long given;

    /**
     * Begins without hosts.
     *
     * @param kept how many are kept from one report to the next: the most recently used
     */
    HostPseudonyms(int kept) {
        this.kept = kept;
    }

    /** The pseudonym of this address. A loopback address, and the one for "any", identify no host and stay. */
    String pseudonym(String address) {
        byte[] bytes = NumericAddress.parse(address);
        if (bytes == null) {
            return HIDDEN;
        }
        if (isLocal(bytes)) {
            return address;
        }
        String key = Arrays.toString(bytes);
        String known = names.get(key);
        if (known == null) {
            known = "host-" + ++given;
            names.put(key, known);
        }
        return known;
    }

    private static boolean isLocal(byte[] bytes) {
        if (bytes.length == 4 && bytes[0] == 127) {
            return true;
        }
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        byte last = bytes[bytes.length - 1];
        return last == 0 || (last == 1 && bytes.length > 4);
    }

    /** A text of the agent in which addresses may occur, and much that only looks like one. */
    String inText(String text) {
        return ADDRESS.matcher(text).replaceAll(match -> {
            boolean is = NumericAddress.parse(match.group()) != null;
            return Matcher.quoteReplacement(is ? pseudonym(match.group()) : match.group());
        });
    }

    /** A text of the program: texts that look like the name of a host are replaced as well. */
    String inThreadName(String name) {
        Matcher address = ADDRESS.matcher(name);
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (address.find()) {
            text.append(withoutNames(name, from, address.start())).append(pseudonym(address.group()));
            from = address.end();
        }
        return text.append(withoutNames(name, from, name.length())).toString();
    }

    private static String withoutNames(String name, int from, int to) {
        Matcher matcher = NAME.matcher(name).region(from, to).useTransparentBounds(true);
        StringBuilder text = new StringBuilder();
        int at = from;
        while (matcher.find()) {
            boolean loopback = matcher.group().equals("localhost");
            text.append(name, at, matcher.start()).append(loopback ? matcher.group() : HIDDEN);
            at = matcher.end();
        }
        return text.append(name, at, to).toString();
    }

    /** Drops the least recently used. Must be called between two reports. */
    void trim() {
        Iterator<String> oldest = names.keySet().iterator();
        while (names.size() > kept) {
            oldest.next();
            oldest.remove();
        }
    }
}
