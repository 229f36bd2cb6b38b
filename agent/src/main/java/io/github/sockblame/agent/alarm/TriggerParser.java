// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import io.github.sockblame.agent.alarm.Trigger.Subject;
import io.github.sockblame.report.Digits;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads conditions as people type them: {@code fds>=90%;leaked>=100;age>=10m;state=CLOSE_WAIT>=500;exit}. */
public final class TriggerParser {

    private static final String AT_LEAST = ">=";
    private static final String STATE = "state=";

    private TriggerParser() {}

    /** Reads a time in milliseconds; null if it is none. */
    @FunctionalInterface
    public interface Times {
        @Nullable Long millis(String text);
    }

    /** Returns all conditions of a list; null if one of them is malformed. The word {@code none} is the empty list. */
    public static @Nullable List<Trigger> parse(String list, Times times) {
        List<Trigger> triggers = new ArrayList<>();
        if (list.equals("none")) {
            return triggers;
        }
        for (String one : list.split("[; ]+", -1)) {
            Trigger trigger = one(one, times);
            if (trigger == null) {
                return null;
            }
            triggers.add(trigger);
        }
        return triggers;
    }

    private static @Nullable Trigger one(String text, Times times) {
        if (text.equals("exit")) {
            return new Trigger(text, Subject.EXIT, 0, false, null);
        }
        int sign = text.indexOf(AT_LEAST);
        if (sign < 0) {
            return null;
        }
        String subject = text.substring(0, sign);
        String figure = text.substring(sign + AT_LEAST.length());
        if (subject.startsWith(STATE)) {
            TcpState state = state(subject.substring(STATE.length()));
            Long count = count(figure);
            return state == null || count == null ? null : new Trigger(text, Subject.STATE, count, false, state);
        }
        boolean percent = figure.endsWith("%");
        Long count = count(percent ? figure.substring(0, figure.length() - 1) : figure);
        Long millis = times.millis(figure);
        return switch (subject) {
            case "leaked" -> count == null || percent ? null : new Trigger(text, Subject.LEAKED, count, false, null);
            case "age" -> millis == null || millis == 0 ? null : new Trigger(text, Subject.AGE, millis, false, null);
            case "fds" ->
                count == null || (percent && count > 100) ? null : new Trigger(text, Subject.FDS, count, percent, null);
            default -> null;
        };
    }

    /** The kernel's spelling, or that of {@code ss}. */
    private static @Nullable TcpState state(String name) {
        for (TcpState state : TcpState.values()) {
            if (state.name().equals(name) || state.ssName().equals(name)) {
                return state;
            }
        }
        return null;
    }

    /** From 1 to a billion; null if it is anything else. */
    private static @Nullable Long count(String text) {
        int count = Digits.parse(text, 9, 10);
        return count < 1 ? null : (Long) (long) count;
    }
}
