// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.report.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads conditions as users write them: {@code fds>=90%;site-leaks>=100;age>=10m;close-wait>=500;exit}. */
public final class TriggerParser {

    private TriggerParser() {}

    /** Returns all conditions of a list; null if one of them is malformed. The word {@code none} is the empty list. */
    public static @Nullable List<Trigger> parse(String list) {
        List<Trigger> triggers = new ArrayList<>();
        if (list.equals("none")) {
            return triggers;
        }
        for (String text : list.split("[; ]+", -1)) {
            Trigger trigger = one(text);
            if (trigger == null) {
                return null;
            }
            triggers.add(trigger);
        }
        return triggers;
    }

    private static @Nullable Trigger one(String text) {
        if (text.equals("exit")) {
            return Trigger.EXIT;
        }
        Threshold threshold = Threshold.parse(text);
        return threshold == null || threshold.least() < 1
                ? null
                : Trigger.of(threshold); // at 0 the alert would never end
    }

    /** Returns the present spelling of a list in the former one; null if that is no list either. */
    public static @Nullable String presentSpelling(String list) {
        StringBuilder present = new StringBuilder();
        for (String text : list.split("[; ]+", -1)) {
            String renamed = text.startsWith("leaked>=") ? "site-leaks" + text.substring("leaked".length()) : text;
            if (text.startsWith("state=")) {
                renamed = text.substring("state=".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
            }
            present.append(present.length() == 0 ? "" : ";").append(renamed);
        }
        return parse(present.toString()) == null ? null : present.toString();
    }
}
