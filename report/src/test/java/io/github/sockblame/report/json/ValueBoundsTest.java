// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleJson;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.text.ExplainText;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.StatusText;
import io.github.sockblame.report.text.TextStyle;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueBoundsTest {

    @Test
    void everyTypeOfAReportHasABound() {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(Report.class, types);

        assertThat(types)
                .hasSizeGreaterThan(30)
                .allSatisfy(type -> assertThat(ValueBounds.isSupported(type))
                        .as("%s has a bound", type)
                        .isTrue());
        assertThat(ValueBounds.isSupported(Object.class)).isFalse();
        assertThat(ValueBounds.isSupported(float.class)).isFalse();
        assertThat(ValueBounds.isSupported(LocalTime.class)).isFalse();
    }

    @Test
    void everyNumberThatIsNoCountIsInAReport() {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(Report.class, types);
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> type : types) {
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    names.add(type.getSimpleName() + "." + component.getName());
                }
            }
        }
        assertThat(names).containsAll(ValueBounds.namesOfNoCounts());
    }

    /** A component of a type without a bound, as a later change may add one. */
    private record Unbounded(float share) {}

    @Test
    void aTypeWithoutABoundIsAnError() {
        assertThatThrownBy(() -> ValueBounds.check(new Unbounded(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("share");
    }

    @Test
    void acceptsTheSamples() throws Exception {
        ValueBounds.check(SampleReports.rich());
        ValueBounds.check(SampleReports.complete());
        ValueBounds.check(SampleReports.reduced());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {
                "/takenAt \"+1000000000-12-31T23:59:59.999999999Z\"",
                "/takenAt \"-1000000000-01-01T00:00:00Z\"",
                "/takenAt \"1969-12-31T23:59:59Z\"",
                "/takenAt \"+10000-01-01T00:00:00Z\"",
                "/takenAt 9223372036854775807",
                "/takenAt 31556889864403200",
                "/grace \"PT2562047788015215H\"",
                "/grace \"PT-2562047788015215H\"",
                "/grace \"P365251D\"",
                "/grace 9223372036854775807",
                "/program/startedAt \"+1000000000-12-31T23:59:59Z\"",
                "/program/pid -1",
                "/program/pid 9223372036854775807",
                "/totals/leaked -1",
                "/totals/byState {\"LISTEN\":-1}",
                "/fileDescriptors/open -2",
                "/fileDescriptors/limit 9223372036854775807",
                "/sites/0/count -1",
                "/sites/0/oldestSince \"-1000000000-01-01T00:00:00Z\"",
                "/sites/0/recvQ/max 9223372036854775807",
                "/sockets/0/fd -1",
                "/sockets/0/opened/at \"+1000000000-12-31T23:59:59Z\"",
                "/history/samples/0/sockets -1",
                "/agent/internalErrors -1",
            })
    void refusesValuesOutOfBounds(String place, String json) {
        assertThatThrownBy(() -> ReportJson.read(SampleJson.with(place, json)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageStartingWith("a damaged report: ");
    }

    @Test
    void namesTheValue() {
        assertThatThrownBy(() -> ReportJson.read(SampleJson.with("/totals/leaked", "-1")))
                .hasMessage("a damaged report: Totals.leaked is out of bounds: -1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/takenAt \"1970-01-01T00:00:00Z\"",
                "/takenAt \"9999-12-31T23:59:59.999999999Z\"",
                "/grace \"P365250D\"",
                "/grace \"P-365250D\"",
                "/totals/leaked 2147483647",
                "/sites/0/count 2147483647",
                "/sites/1/count 2147483647",
                "/sites/0/inLastMinute 2147483647",
                "/fileDescriptors/open 9007199254740992",
                "/fileDescriptors/limit 9007199254740992",
                "/sites/0/oldestSince \"1970-01-01T00:00:00Z\"",
                "/sites/0/oldestSince \"9999-12-31T23:59:59.999999999Z\"",
                "/frames/0/line -2147483648",
            })
    void whatIsWithinTheBoundsIsRendered(String change) throws Exception {
        int space = change.indexOf(' ');
        Report report = ReportJson.read(SampleJson.with(change.substring(0, space), change.substring(space + 1)));

        assertThat(LeaksText.of(report)).doesNotContain("-2,147").isNotEmpty();
        assertThat(StatusText.of(report, TextStyle.PLAIN)).isNotEmpty();
        assertThat(ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN))
                .isNotEmpty();
    }

    private static void collect(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), into);
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, into);
            }
        } else if (type instanceof Class<?> plain && into.add(plain) && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                collect(component.getGenericType(), into);
            }
        }
    }
}
