// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

import io.github.sockblame.report.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The conditions of {@code alert}: {@code fds>=90%;site-leaks>=100;age>=10m;close-wait>=500;exit}. */
public final class AlertSyntax {

    /** The condition that holds at the end of the JVM. */
    public static final String EXIT = "exit";

    private static final String SEPARATOR = "[; ]+";

    private AlertSyntax() {}

    /**
     * One condition.
     *
     * @param threshold the threshold of a figure; null for {@link #EXIT}
     */
    public record Condition(@Nullable Threshold threshold) {}

    /**
     * Reads all conditions of a list. The word {@code none} is the empty list.
     *
     * @throws IllegalArgumentException if it is none; the message is what is expected
     */
    public static List<Condition> parse(String list) {
        List<Condition> conditions = parseOrNull(list);
        if (conditions == null) {
            String present = presentSpelling(list);
            throw new IllegalArgumentException(
                    present == null
                            ? "none, or conditions such as fds>=90%;site-leaks>=100;age>=10m;close-wait>=500;exit"
                            : "the present spelling " + present);
        }
        return conditions;
    }

    private static @Nullable List<Condition> parseOrNull(String list) {
        List<Condition> conditions = new ArrayList<>();
        if (list.equals("none")) {
            return conditions;
        }
        for (String text : list.split(SEPARATOR, -1)) {
            boolean exit = text.equals(EXIT);
            Threshold threshold = exit ? null : Threshold.parse(text);
            if (!exit && (threshold == null || threshold.least() < 1)) { // at 0 the alert would never end
                return null;
            }
            conditions.add(new Condition(threshold));
        }
        return conditions;
    }

    /** Returns the present spelling of a list in the former one; null if that is no list either. */
    private static @Nullable String presentSpelling(String list) {
        StringBuilder present = new StringBuilder();
        for (String text : list.split(SEPARATOR, -1)) {
            String renamed = text.startsWith("leaked>=") ? "site-leaks" + text.substring("leaked".length()) : text;
            if (text.startsWith("state=")) {
                renamed = text.substring("state=".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
            }
            present.append(present.length() == 0 ? "" : ";").append(renamed);
        }
        return parseOrNull(present.toString()) == null ? null : present.toString();
    }
}
