// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of the times, durations and numbers of a report. No agent writes a value outside of them. Inside of them the
 * later arithmetic cannot overflow.
 *
 * <p>It finds the values by the types of the record components, so a new component has a bound without a line of code
 * here. A component of a type without a bound is an error of the program.
 */
final class ValueBounds {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** About 1,000 years. A duration may be negative, because the clock of a machine may be set back. */
    private static final Duration LONGEST = Duration.ofDays(365_250);

    /** The largest whole number that a double has exactly. It may be multiplied by 1,000 without an overflow. */
    private static final long LARGEST = 1L << 53;

    /** The bounds of a number that does not count anything; both are inclusive. */
    private record Bounds(double min, double max) {}

    private static final Bounds COUNT = new Bounds(0, LARGEST);
    private static final Bounds COUNT_OR_UNKNOWN = new Bounds(-1, LARGEST);
    private static final Bounds ANY_INT = new Bounds(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Bounds PORT = new Bounds(0, 65535);

    /** The numbers that are no counts. */
    private static final Map<String, Bounds> NO_COUNTS = Map.ofEntries(
            Map.entry("Endpoint.port", PORT),
            Map.entry("EphemeralPorts.first", PORT),
            Map.entry("EphemeralPorts.last", PORT),
            Map.entry("ClosedSite.localPort", PORT),
            Map.entry("FileDescriptors.open", COUNT_OR_UNKNOWN),
            Map.entry("FileDescriptors.limit", COUNT_OR_UNKNOWN),
            Map.entry("Socket.inode", COUNT_OR_UNKNOWN),
            Map.entry("Stack.culprit", COUNT_OR_UNKNOWN),
            Map.entry("Frame.line", ANY_INT),
            Map.entry("Listener.backlog", ANY_INT),
            Map.entry("Listener.limit", ANY_INT));

    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

    /** The types whose values need no bound here; the reader bounds the length of a text. */
    private static final Set<Class<?>> UNBOUNDED = Set.of(String.class, boolean.class, Boolean.class);

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return parts(type);
        }
    };

    /** A record component with bounds, or with parts that have bounds. */
    private record Part(String name, Method accessor, Bounds bounds) {}

    private ValueBounds() {}

    /** Checks this record and all records in it. */
    static void check(Record record) throws ReportFormatException {
        for (Part part : PARTS.get(record.getClass())) {
            check(valueOf(part, record), part);
        }
    }

    private static void check(@Nullable Object value, Part part) throws ReportFormatException {
        if (value instanceof Record record) {
            check(record);
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                check(each, part);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Object each : map.values()) {
                check(each, part);
            }
        } else if (value != null && !isWithin(value, part.bounds)) {
            throw new ReportFormatException("a damaged report: " + part.name + " is out of bounds: " + value);
        }
    }

    private static boolean isWithin(Object value, Bounds bounds) {
        if (value instanceof Number number) { // a comparison with NaN is false
            return number.doubleValue() >= bounds.min && number.doubleValue() <= bounds.max;
        }
        if (value instanceof Instant instant) {
            return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
        }
        return !(value instanceof Duration duration)
                || (duration.compareTo(LONGEST) <= 0 && duration.compareTo(LONGEST.negated()) >= 0);
    }

    private static List<Part> parts(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isSupported(component.getType())) {
                throw new IllegalStateException("no bound for " + component + " of " + type);
            }
            if (!isUnbounded(component.getType())) {
                String name = type.getSimpleName() + "." + component.getName();
                parts.add(new Part(name, component.getAccessor(), NO_COUNTS.getOrDefault(name, COUNT)));
            }
        }
        return List.copyOf(parts);
    }

    /** Returns whether the values of this type have a bound, or need none. */
    static boolean isSupported(Class<?> type) {
        return isUnbounded(type)
                || NUMBERS.contains(type)
                || type == Instant.class
                || type == Duration.class
                || type == List.class
                || type == Map.class
                || type.isRecord();
    }

    /** The names of the numbers that are no counts, each with the record that has it. */
    static Set<String> namesOfNoCounts() {
        return NO_COUNTS.keySet();
    }

    private static boolean isUnbounded(Class<?> type) {
        return UNBOUNDED.contains(type) || type.isEnum();
    }

    private static @Nullable Object valueOf(Part part, Record record) {
        try {
            return part.accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(part.name, e);
        }
    }
}
