// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.fake.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedReportVerbsTest {

    @TempDir
    Path folder = Path.of("");

    private String leaky = "";
    private String clean = "";

    @BeforeEach
    void save() throws IOException {
        leaky = file("leaky.json", ReportJson.write(Reports.leaky()));
        clean = file("clean", ReportJson.write(Reports.clean()));
    }

    @Test
    void leaksPrintsTheTextAndEndsWithOne() {
        Outcome outcome = Outcome.of("leaks", leaky);

        assertThat(outcome.out()).isEqualTo(LeaksText.of(Reports.leaky()) + "exit status 1: leaks found\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void leaksEndsWithZeroIfThereAreNone() {
        Outcome outcome = Outcome.of("leaks", clean);

        assertThat(outcome.out()).isEqualTo(LeaksText.of(Reports.clean()));
        assertThat(outcome.status()).isZero();
    }

    @Test
    void jsonIsTheReportWithTheSameStatus() throws Exception {
        Outcome outcome = Outcome.of("leaks", "--json", leaky);

        assertThat(ReportJson.read(outcome.out())).isEqualTo(Reports.leaky());
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void fieldsOfALaterVersionSurviveBeingSaved() throws IOException {
        String later = ReportJson.write(Reports.leaky()).replaceFirst("\\{", "{\"later\":\"é\",");
        Path copy = folder.resolve("copy");

        Outcome outcome = Outcome.of("report", file("later.json", later), "-o", copy.toString());

        assertThat(outcome.status()).isZero();
        assertThat(copy).hasContent(later);
    }

    @Test
    void reportIsPrivateAndSaysWhatItWrote() throws IOException {
        Path copy = folder.resolve("copy.json");

        Outcome outcome = Outcome.of("report", leaky, "-o", copy.toString());

        assertThat(outcome.out())
                .isEqualTo("wrote %s: 1 socket, 1 site, %,d bytes\n".formatted(copy, Files.size(copy)));
        assertThat(outcome.status()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(Outcome.of("leaks", copy.toString())).isEqualTo(Outcome.of("leaks", leaky));
    }

    @Test
    void reportToAFileOfThatNameIsAPage() throws IOException {
        Path page = folder.resolve("leaky.HTML");

        Outcome outcome = Outcome.of("report", leaky, "-o", page.toString());

        assertThat(outcome.out())
                .isEqualTo("wrote %s: 1 socket, 1 site, %,d bytes\n".formatted(page, Files.size(page)));
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("shop.PaymentClient.charge");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        Outcome.of("report", leaky, "-o", page.toString()).isFailure("leaky.HTML exists", "--force");
        Outcome.of("leaks", page.toString()).isFailure("leaky.HTML is not a Sockblame report");
    }

    @Test
    void reportReplacesOnlyIfForced() throws IOException {
        Path old = Path.of(file("old.json", "precious"));

        Outcome.of("report", leaky, "-o", old.toString()).isFailure("old.json exists", "--force");
        assertThat(old).hasContent("precious");

        assertThat(Outcome.of("report", leaky, "-o", old.toString(), "--force").status())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
        assertThat(Outcome.of("leaks", old.toString()).status()).isEqualTo(1);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void reportReplacesNothingButAPlainFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        Outcome.of("report", leaky, "-o", link.toString()).isFailure("exists");
        Outcome.of("report", leaky, "-o", link.toString(), "--force").isFailure("is not a plain file");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void reportThatCannotBeWrittenIsOneLine() {
        Outcome.of("report", leaky, "-o", folder.resolve("no/such/folder").toString())
                .isFailure("cannot write", "its folder does not exist");
    }

    @Test
    void whatIsNoReportIsOneLine() throws IOException {
        Outcome.of("leaks", file("a.json", "{}")).isFailure("a.json is not a Sockblame report");
        Outcome.of("leaks", file("b.json", "PK\u0003\u0004")).isFailure("b.json is not a Sockblame report");
        Path latin = Files.writeString(folder.resolve("c.json"), "{\"schema\":\"\u00e9\"}", ISO_8859_1);
        Outcome.of("leaks", latin.toString()).isFailure("c.json is not a Sockblame report");
        Outcome.of("leaks", file("d.json", "")).isFailure("d.json is not a Sockblame report");
    }

    @Test
    void newerSchemaSaysWhichViewerToUse() throws IOException {
        String newer = ReportJson.write(Reports.leaky()).replace("sockblame/1", "sockblame/2");

        Outcome.of("leaks", file("newer.json", newer))
                .isFailure("schema sockblame/2", "use the sockblame.jar of the agent that wrote it");
    }

    @Test
    void unreadableFileIsOneLine() {
        // Its first page is never mapped, so that reading it fails for everybody, root included.
        Outcome.of("leaks", "/proc/self/mem").isFailure("cannot read /proc/self/mem");
    }

    @Test
    void listHasTheColumnsOfSsAndWhoIsToBlame() {
        Outcome all = Outcome.of("list", leaky);
        assertThat(all.out()).isEqualTo("""
                State       Recv-Q  Send-Q  Local Address:Port  Peer Address:Port  FD  Inode  Age    Verdict    Culprit
                CLOSE-WAIT  1       0       10.0.0.1:50000      10.2.3.4:443       42  4711   1m00s  FORGOTTEN  shop.PaymentClient.charge(PaymentClient.java:7)
                """);
        assertThat(all.status()).isZero();
        assertThat(Outcome.of("list", leaky, "dport", "=", ":443", "and", "state", "close-wait")
                        .out())
                .hasLineCount(2);
        assertThat(Outcome.of("list", leaky, "state", "listening", "sport", "=", ":8080")
                        .out())
                .isEqualTo("nobody: none of the 1 socket is like that\n");
        assertThat(Outcome.of("list", leaky, "--json", "fd = 42").out())
                .startsWith("[{")
                .contains("\"fd\":42");
        assertThat(Outcome.of("list", leaky, "--json", "fd = 43").out()).isEqualTo("[]\n");
    }

    @Test
    void aFilterThatIsNotUnderstoodIsShownWithACaret() {
        Outcome outcome = Outcome.of("list", leaky, "state", "close-weight");
        assertThat(outcome.err())
                .contains("the filter is not understood: no such state", "\nstate close-weight\n      ^\n");
        assertThat(outcome.status()).isEqualTo(2);
    }

    @Test
    void aSavedReportCannotBeWatched() {
        Outcome.of("watch", leaky, "1").isFailure("is a saved report", "name the JVM itself");
        Outcome.of("detach", leaky).isFailure("is a saved report", "name the JVM itself");
    }

    @Test
    void missingFileIsCalledOne() {
        Outcome.of("leaks", folder.resolve("gone.json").toString()).isFailure("no file");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
