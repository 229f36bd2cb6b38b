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
        assertThatCode(() -> new AttachPreconditions(process(0)).check()).doesNotThrowAnyException();
    }

    @Test
    void processOfAnotherUserNamesThatUser() throws IOException {
        LocalProcess foreign = process(1);

        assertThatThrownBy(new AttachPreconditions(foreign)::check)
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("belongs to user " + Files.getOwner(proc).getName())
                .hasMessageContaining("sudo -u " + Files.getOwner(proc).getName());
    }

    @Test
    void processIdThatWasCopiedOutOfAContainerIsTranslated() throws Exception {
        Files.writeString(proc.resolve("42/status"), "NSpid:\t42\t7\n");
        Files.createDirectories(proc.resolve("43"));
        Files.writeString(proc.resolve("43/status"), "NSpid:\t43\n");
        LocalProcess seven = LocalProcess.of(7, proc, LocalProcess.uid(proc));

        assertThatThrownBy(new AttachPreconditions(seven)::checkPermission)
                .hasMessageStartingWith("no process 7: ")
                .hasMessageEndingWith("; process 7 of a container is here process 42");
        LocalProcess gone = LocalProcess.of(99, proc, LocalProcess.uid(proc));
        assertThatThrownBy(new AttachPreconditions(gone)::checkPermission)
                .hasMessageEndingWith("sockblame ps lists the JVMs of this machine");
    }

    @Test
    void silentProcessCausesContainerAdvice() throws Exception {
        Files.createSymbolicLink(proc.resolve("42/root"), Path.of("/"));
        assertThat(ContainerHints.adviceIfSilent(process(0))).startsWith("check that it is a JVM of your own user");
        Files.writeString(proc.resolve("42/status"), "State:\tS (sleeping)\nNSpid:\t42\t7\n");
        assertThat(ContainerHints.adviceIfSilent(process(0)))
                .startsWith("it is process 7 of a container")
                .contains("docker exec", "nsenter -a -t 42");
        Files.writeString(proc.resolve("42/status"), "State:\tT (stopped)\n");
        assertThat(ContainerHints.adviceIfSilent(process(0))).contains("kill -CONT 42");
        Files.delete(proc.resolve("42/root"));
        Files.createDirectories(proc.resolve("42/root/tmp"));
        Files.writeString(proc.resolve("42/status"), "State:\tS (sleeping)\nNSpid:\t42\n");
        assertThat(ContainerHints.adviceIfSilent(process(0)))
                .startsWith("it has its own /tmp")
                .contains("nsenter -m -t 42");
    }

    @Test
    void processThatWouldDieOfSigquitIsRefused() throws IOException {
        status("0000000000000002");

        assertThatThrownBy(() -> new AttachPreconditions(process(0)).check())
                .hasMessageContaining("is not an attachable JVM");
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

    @Test
    void agentWhoseJarHasAnotherNameIsSeenByItsThread() throws IOException {
        thread(42, "java");
        thread(43, "sockblame-watc"); // another's
        assertThat(process(0).carriesAgent()).isFalse();
        thread(44, "sockblame-watch");

        assertThat(process(0).carriesAgent()).isTrue();
    }

    private void thread(int id, String name) throws IOException {
        Path task = Files.createDirectories(proc.resolve("42/task/" + id));
        Files.writeString(task.resolve("comm"), name + "\n");
    }

    @Test
    void aProcessWithFewDescriptorsLeftIsNotAttachedTo() throws IOException {
        for (int fd = 0; fd < 10; fd++) {
            Files.createSymbolicLink(proc.resolve("42/fd/" + fd), Path.of("socket:[" + fd + "]"));
        }
        limit("26");
        assertThat(new AttachPreconditions(process(0)).lowDescriptors()).isNull();
        limit("unlimited");
        assertThat(new AttachPreconditions(process(0)).lowDescriptors()).isNull();
        limit("25");
        assertThatThrownBy(() -> new AttachPreconditions(process(0)).check())
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("JVM 42 has 15 file descriptors left of 25")
                .hasMessageContaining("leaks, list and report");
    }

    @Test
    void stoppedProcessIsDetected() throws Exception {
        assertThat(process(0).status().isStopped()).isFalse();
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nState:\tS (sleeping)\n");
        assertThat(process(0).status().isStopped()).isFalse();
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nState:\tT (stopped)\n");
        assertThat(process(0).status().isStopped()).isTrue();
    }

    private void limit(String soft) throws IOException {
        Files.writeString(
                proc.resolve("42/limits"),
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max processes             1                    1                    processes \n"
                        + "Max open files            " + soft + "                 4096                 files     \n");
    }

    @Test
    void statusContainsInnermostPid() throws Exception {
        assertThat(process(0).status().innermostPid())
                .as("of a kernel that does not tell")
                .isEqualTo(42);
        Files.writeString(proc.resolve("42/status"), "NStgid:\t42\t1\nNSpid:\t42\t13\t1\nNSpgid:\t42\t9\t9\n");
        assertThat(process(0).status().innermostPid()).isEqualTo(1);
        assertThat(process(0).pathInside(Path.of("/tmp"))).isEqualTo(proc.resolve("42/root/tmp"));
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
