// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.json.ReportJson;
import java.io.ByteArrayInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetResolverTest {

    private final TargetResolver targetResolver = new TargetResolver(
            BundledAgent.ofThisJar(),
            notice -> {},
            CredentialSource.NONE,
            (target, name) -> target,
            () -> List.of(
                    Jvm.of(11, "/opt/shop/shop.jar --password=hunter2"),
                    Jvm.of(12, "org.apache.catalina.startup.Bootstrap start"),
                    Jvm.of(13, "com.acme.Batch"),
                    Jvm.of(14, "com.acme.Billing")));

    @Test
    void fileThatBeginsAsAReportIsOneWhateverItsName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("4242"), " \r\n\t{");

        assertThat(targetResolver.find(file.toString())).isEqualTo(new SavedReport(file));
    }

    @Test
    void jarInTheFolderDoesNotHideTheJvmOfItsName(@TempDir Path folder) throws Exception {
        Path jar = Files.writeString(folder.resolve("shop.jar"), "PK\u0003\u0004");

        assertThat(resolverOf(jar.toString()).find(jar.toString())).isInstanceOf(LocalJvm.class);
        Files.writeString(jar, "{");
        assertThat(resolverOf(jar.toString()).find(jar.toString())).isEqualTo(new SavedReport(jar));
    }

    @Test
    void fileThatIsNeitherReportNorNameOfAJvmIsSaidToBeNeither(@TempDir Path folder) throws Exception {
        Path jar = Files.writeString(folder.resolve("old.jar"), "PK\u0003\u0004");
        assertThatThrownBy(() -> targetResolver.find(jar.toString()))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("old.jar is not a Sockblame report, it does not begin with {, and no JVM of this")
                .hasMessageEndingWith("sockblame ps lists the JVMs of this machine");
        Files.writeString(jar, "");
        assertThatThrownBy(() -> targetResolver.find(jar.toString())).hasMessageContaining(", it is empty, and no JVM");
    }

    @Test
    void withoutAListOfJvmsAFileIsAReport(@TempDir Path folder) throws Exception {
        Path jar = Files.writeString(folder.resolve("old.jar"), "PK\u0003\u0004");
        TargetResolver resolver = resolver(() -> {
            throw new CannotAnswerException("this Java has no module jdk.attach", "run sockblame with a JDK");
        });

        assertThat(resolver.find(jar.toString())).isEqualTo(new SavedReport(jar));
    }

    @Test
    void reasonWhyAFileIsOutOfReachIsSaid(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> targetResolver.find(folder.resolve("gone.json").toString()))
                .hasMessageStartingWith("no file ");
        Path loop = folder.resolve("loop.json");
        Files.createSymbolicLink(loop, loop);
        assertThatThrownBy(() -> targetResolver.find(loop.toString()))
                .hasMessageStartingWith("cannot read ")
                .hasMessageContaining("Too many levels of symbolic links");
        assertThat(TargetResolver.noFile("/root/a.json", new AccessDeniedException("/root/a.json")))
                .hasMessage("no permission to enter the folder of /root/a.json: run as its owner");
    }

    private static TargetResolver resolverOf(String name) {
        return resolver(() -> List.of(Jvm.of(11, "com.acme.Other"), new Jvm(12, name)));
    }

    private static TargetResolver resolver(TargetResolver.Listing listing) {
        return new TargetResolver(
                BundledAgent.ofThisJar(), notice -> {}, CredentialSource.NONE, (target, name) -> target, listing);
    }

    @Test
    void digitsAreAProcess() throws Exception {
        assertThat(targetResolver.find("4242")).isInstanceOf(LocalJvm.class);
    }

    @Test
    void hostAndPortAreAJmxAddress() throws Exception {
        assertThat(url("shop.example:9010")).isEqualTo("service:jmx:rmi:///jndi/rmi://shop.example:9010/jmxrmi");
        assertThat(url("[2001:db8::1]:9010")).isEqualTo("service:jmx:rmi:///jndi/rmi://[2001:db8::1]:9010/jmxrmi");
        assertThat(url("service:jmx:rmi:///jndi/rmi://a:1/b")).isEqualTo("service:jmx:rmi:///jndi/rmi://a:1/b");
    }

    @Test
    void partOfExactlyOneNameIsThatJvm() throws Exception {
        assertThat(targetResolver.find("shop.jar")).isInstanceOf(LocalJvm.class);
        assertThat(targetResolver.find("catalina")).isInstanceOf(LocalJvm.class);
    }

    @Test
    void severalNamesAreListed() {
        assertThatThrownBy(() -> targetResolver.find("com.acme"))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("2 JVMs")
                .hasMessageContaining("13 com.acme.Batch, 14 com.acme.Billing");
    }

    @Test
    void argumentsAreNoPartOfTheName() {
        assertThatThrownBy(() -> targetResolver.find("hunter2"))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("no JVM of this machine has 'hunter2'");
        assertThatThrownBy(() -> targetResolver.find("")).isInstanceOf(CannotAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:0", "localhost:70000", "localhost:-1", "[::1]:65536", "a:99999999999999999999"})
    void aPortHasARange(String address) {
        assertThatThrownBy(() -> targetResolver.find(address))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessage(address + " is not a JMX address, a port is a number from 1 to 65535: use host:port or"
                        + " service:jmx:...");
    }

    @Test
    void minusIsAReportOnStandardInput() throws Exception {
        assertThat(targetResolver.find("-")).isInstanceOf(PipedReport.class);
        String json = ReportJson.write(SampleReports.quiet().build());
        PipedReport piped = new PipedReport(new ByteArrayInputStream(json.getBytes(UTF_8)));

        assertThat(piped.read().json()).isEqualTo(json);
        assertThat(piped.readSummary().json()).as("it is read once").isEqualTo(json);
        assertThat(piped.isLive()).isFalse();
        assertThatThrownBy(piped::detach).hasMessageStartingWith("- is a saved report");
        assertThatThrownBy(() -> new PipedReport(new ByteArrayInputStream(new byte[0])).read())
                .hasMessageStartingWith("standard input is not a Sockblame report, it is empty");
        assertThatThrownBy(() -> new PipedReport(new ByteArrayInputStream(new byte[] {'x'})).read())
                .hasMessageStartingWith("standard input is not a Sockblame report");
    }

    @Test
    void typingErrorInANameHasASuggestion() {
        assertThatThrownBy(() -> targetResolver.find("shpo"))
                .hasMessageContaining(
                        "has 'shpo' in the name of its main class or jar, did you mean shop?: sockblame ps");
        assertThatThrownBy(() -> targetResolver.find("billing")).hasMessageContaining(", did you mean Billing?");
        assertThatThrownBy(() -> targetResolver.find("tomcat")).hasMessageNotContaining("did you mean");
    }

    @Test
    void attachFindsOneJvmByItsName() throws Exception {
        assertThat(targetResolver.findPid("4242")).isEqualTo(4242);
        assertThat(targetResolver.findPid("Batch")).isEqualTo(13);
        assertThatThrownBy(() -> targetResolver.findPid("com.acme"))
                .hasMessage("2 JVMs have 'com.acme' in their names: choose one by its PID: 13 com.acme.Batch, 14"
                        + " com.acme.Billing");
        assertThatThrownBy(() -> targetResolver.findPid("Bach")).hasMessageContaining(", did you mean Batch?");
        assertThatThrownBy(() -> targetResolver.findPid("host:99"))
                .hasMessageContaining("is not a JVM of this machine");
        assertThatThrownBy(() -> targetResolver.findPid(" ")).hasMessageContaining("no JVM of this machine");
    }

    @Test
    void folderIsNamedAsOne(@TempDir Path folder) {
        assertThatThrownBy(() -> targetResolver.find(folder.toString()))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageEndingWith(" is a folder: name a saved report in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s.json", "%s:99999", "service:jmx:%s", "a:b%s"})
    void aVeryLongArgumentIsShortened(String pattern) {
        assertThatThrownBy(() -> targetResolver.find(pattern.replace("%s", "x".repeat(10_000))))
                .isInstanceOf(CannotAnswerException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).contains("xxx...xxx"));
    }

    private String url(String text) throws Exception {
        return ((JmxTarget) targetResolver.find(text)).url().toString();
    }
}
