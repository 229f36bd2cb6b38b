// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.viewer.fake.ForkedJvm;
import io.github.sockblame.viewer.fake.IdleProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JMX server that asks who comes, and one that speaks TLS. */
class GuardedJmxTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void guardedServerReceivesPassword() throws Exception {
        try (ForkedJvm jvm = server()) {
            String address = address(jvm);
            String right = password("secret", "rw-------");

            Outcome.of("leaks", address)
                    .isFailure(address + " requires a user and a password", "--user NAME --password-file FILE");
            Outcome.of("leaks", address, "--user", "ann", "--password-file", password("wrong", "rw-------"))
                    .isFailure(address + " refuses the user ann", "jmxremote.password");
            assertThat(Outcome.of("leaks", address, "--user", "ann", "--password-file", right)
                            .status())
                    .isEqualTo(1);
            Outcome.of("leaks", address, "--user", "bob", "--password-file", right)
                    .isFailure("the user has no permission for " + address, "readwrite");
        }
    }

    @Test
    void passwordNeedsPrivateFileOrTerminal() throws Exception {
        String open = password("secret", "rw-r--r--");

        Outcome.of("leaks", "127.0.0.1:1", "--user", "ann", "--password-file", open)
                .isFailure("other users can access the password file", "chmod 600 " + open);
        Outcome.of("leaks", "127.0.0.1:1", "--user", "ann", "--password-file", open + "-none")
                .isFailure("cannot read the password file " + open + "-none");
        Outcome.of("leaks", "127.0.0.1:1", "--password-file", open)
                .isFailure("--password-file needs a user", "--user NAME");
        Outcome.of("leaks", "127.0.0.1:1", "--user", "ann")
                .isFailure("cannot prompt for the password of ann without a terminal", "--password-file FILE");
    }

    @Test
    void aServerThatSpeaksTlsHasToBeTrusted() throws Exception {
        Path store = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                store.toString());
        try (ForkedJvm jvm = server("-Djavax.net.ssl.keyStore=" + store, "-Djavax.net.ssl.keyStorePassword=changeit")) {
            String address = address(jvm);
            String[] leaks = {"leaks", address, "--user", "ann", "--password-file", password("secret", "rw-------")};

            Outcome.of(leaks)
                    .isFailure("the TLS connection to " + address + " failed", "-Djavax.net.ssl.trustStore=FILE");

            List<String> trusting = new ArrayList<>(ForkedJvm.command(
                    List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=changeit"),
                    Main.class.getName(),
                    leaks));
            Process viewer =
                    new ProcessBuilder(trusting).redirectErrorStream(true).start();
            viewer.getOutputStream().close();
            assertThat(new String(viewer.getInputStream().readAllBytes(), UTF_8))
                    .contains("exit status 1: leaks found");
            assertThat(viewer.waitFor()).isEqualTo(1);
        }
    }

    private ForkedJvm server(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Djmx.remote.x.password.file=" + file("jmxremote.password", "ann secret\nbob secret\n", "rw-------"));
        all.add("-Djmx.remote.x.access.file=" + file("jmxremote.access", "ann readwrite\nbob readonly\n", "rw-------"));
        return ForkedJvm.start(ForkedJvm.command(all, IdleProgram.class.getName(), "agent", "jmx"));
    }

    private static String address(ForkedJvm jvm) throws Exception {
        String address = "127.0.0.1:" + jvm.awaitLine("jmx");
        jvm.awaitLine("ready");
        return address;
    }

    private String password(String password, String mode) throws IOException {
        return file("password-" + password, password + "\n", mode);
    }

    private String file(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode))
                .toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }
}
