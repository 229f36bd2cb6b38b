// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The texts of two records are compared, because they contain every component of a report at any depth. */
class ReportRedactorTest {

    private static final Pattern ADDRESS = Pattern.compile("address=([^,\\]]*)");
    private static final List<String> LOCAL = List.of("::", "0.0.0.0", "127.0.0.1");

    private final Report report = SampleReports.rich();
    private final Report redacted = new ReportRedactor(new HostPseudonyms(100)).redact(report);

    @Test
    void everyAddressOfAHostHasAPseudonym() {
        List<String> before = addresses(report);
        List<String> after = addresses(redacted);

        assertThat(before).hasSizeGreaterThan(5).hasSameSizeAs(after);
        for (int i = 0; i < before.size(); i++) {
            if (LOCAL.contains(before.get(i))) {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            } else {
                assertThat(after.get(i)).matches("host-\\d+");
            }
        }
        assertThat(redacted.redacted()).isTrue();
    }

    @Test
    void everythingElseStays() {
        assertThat(withoutAddresses(redacted).replace("redacted=true", "redacted=false"))
                .isEqualTo(withoutAddresses(report));
    }

    private static List<String> addresses(Report report) {
        List<String> addresses = new ArrayList<>();
        for (Matcher found = ADDRESS.matcher(report.toString()); found.find(); ) {
            addresses.add(found.group(1));
        }
        return addresses;
    }

    private static String withoutAddresses(Report report) {
        return ADDRESS.matcher(report.toString()).replaceAll("address=");
    }
}
