// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessTest {

    @TempDir
    Path proc = Path.of("");

    @BeforeEach
    void makeProcess() throws IOException {
        Files.createDirectories(proc.resolve("42/fd"));
        status("0000000181005ccf");
        cmdline("java", "-jar", "shop.jar");
    }

    @Test
    void jvmOfOursCanBeAttachedTo() {
        assertThatCode(() -> process(0).checkAttachable()).doesNotThrowAnyException();
    }

    @Test
    void processOfAnotherUserNamesThatUser() throws IOException {
        LocalProcess foreign = process(1);

        assertThatThrownBy(foreign::checkAttachable)
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("belongs to user " + Files.getOwner(proc).getName());
    }

    @Test
    void processThatWouldDieOfSigquitIsRefused() throws IOException {
        status("0000000000000002");

        assertThatThrownBy(() -> process(0).checkAttachable()).hasMessageContaining("is not a JVM");
    }

    @Test
    void agentOnTheCommandLineIsSeen() throws IOException {
        assertThat(process(0).carriesAgent()).isFalse();
        cmdline("java", "-javaagent:/opt/other-agent.jar=sockblame-agent.jar", "-jar", "shop.jar");
        assertThat(process(0).carriesAgent()).isFalse();
        cmdline("java", "-javaagent:/opt/sockblame-agent-1.0.jar=grace=1s", "-jar", "shop.jar");
        assertThat(process(0).carriesAgent()).isTrue();
    }

    @Test
    void agentAmongTheOpenFilesIsSeen() throws IOException {
        Files.createSymbolicLink(proc.resolve("42/fd/4"), Path.of("socket:[4711]"));
        Files.createSymbolicLink(proc.resolve("42/fd/5"), Path.of("/tmp/sockblame-ann/sockblame-agent-1.0-0a.jar"));

        assertThat(process(0).carriesAgent()).isTrue();
    }

    private LocalProcess process(int uidsAway) throws IOException {
        return LocalProcess.of(42, proc, LocalProcess.uid(proc) + uidsAway);
    }

    private void status(String caught) throws IOException {
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nSigCgt:\t" + caught + "\n");
    }

    private void cmdline(String... arguments) throws IOException {
        Files.writeString(proc.resolve("42/cmdline"), String.join("\0", arguments) + "\0");
    }
}
