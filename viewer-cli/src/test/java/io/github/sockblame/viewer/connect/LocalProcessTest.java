// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
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
        maps("/usr/lib/jvm/java/lib/server/libjvm.so");
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

    /** As the first process of the machine, if a JVM in a PID namespace has left its files in our /tmp as process 1. */
    @Test
    void filesOfAJvmUnderTheNumberOfAnotherProcessAreNoJvm() throws Exception {
        assertThat(process(0).mayBeJvm()).isTrue();
        maps("/usr/sbin/init");
        assertThat(process(0).mayBeJvm()).as("another program").isFalse();
        Files.delete(proc.resolve("42/maps"));
        assertThat(process(0).mayBeJvm()).as("unreadable maps").isTrue();
        status("0000000000000000");
        assertThat(process(0).mayBeJvm()).as("ended by SIGQUIT").isFalse();
        assertThat(LocalProcess.of(99, proc, 0).mayBeJvm()).as("no process").isFalse();
    }

    @Test
    void missingProcessMayBeOneThatProcfsHides() throws Exception {
        Files.createDirectories(proc.resolve("self"));
        LocalProcess hidden = LocalProcess.of(99, proc, 1000);
        assertThatThrownBy(new AttachPreconditions(hidden)::checkPermission).hasMessageStartingWith("no process 99: ");
        for (String option : new String[] {"hidepid=invisible", "hidepid=2"}) {
            mounts("proc /proc proc rw,relatime 0 0\nproc /proc proc rw," + option + " 0 0\n");
            assertThatThrownBy(new AttachPreconditions(hidden)::checkPermission)
                    .as(option)
                    .hasMessageStartingWith("process 99 does not exist, or belongs to another user")
                    .hasMessageEndingWith("run sockblame as the user of that JVM, or as root");
        }
        LocalProcess seenByRoot = LocalProcess.of(99, proc, 0);
        assertThatThrownBy(new AttachPreconditions(seenByRoot)::checkPermission)
                .as("root sees all")
                .hasMessageStartingWith("no process 99: ");
        mounts("proc /proc proc rw,hidepid=invisible 0 0\nproc /proc proc rw,relatime 0 0\n");
        assertThatThrownBy(new AttachPreconditions(hidden)::checkPermission)
                .as("the last mount counts")
                .hasMessageStartingWith("no process 99: ");
    }

    private void mounts(String lines) throws IOException {
        Files.writeString(proc.resolve("self/mounts"), lines);
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
    }

    @Test
    void jvmWithItsOwnTmpIsNotAttachedTo() throws Exception {
        Files.createDirectories(proc.resolve("42/root/tmp"));

        assertThatThrownBy(new AttachPreconditions(process(0))::check)
                .hasMessageStartingWith("JVM 42 has its own /tmp, as with PrivateTmp of systemd: ")
                .hasMessageContaining("nsenter -m -t 42");
        Files.writeString(proc.resolve("42/status"), "NSpid:\t42\t7\nSigCgt:\t0000000181005ccf\n");
        assertThatCode(new AttachPreconditions(process(0))::check)
                .as("the JDK finds the socket of a JVM in a namespace of processes")
                .doesNotThrowAnyException();
    }

    @Test
    void jvmWhoseTmpIsNotWritableIsNotAttachedTo() throws Exception {
        Files.createSymbolicLink(proc.resolve("42/root"), Path.of("/"));
        AttachPreconditions readOnly = new AttachPreconditions(process(0), folder -> false);

        assertThatThrownBy(readOnly::check)
                .hasMessageStartingWith("/tmp of JVM 42 is not writable, and an attach needs a socket there: ");
        Files.delete(proc.resolve("42/root"));
        Files.createFile(Files.createDirectories(proc.resolve("42/root/tmp")).resolve(".java_pid42"));
        assertThatCode(readOnly::checkTmp).as("the socket is there").doesNotThrowAnyException();
    }

    @Test
    void jvmWithoutHandlerForTheSignalOfAnAttachIsSaidToHaveNone() throws Exception {
        status("0000000000000002");

        assertThatThrownBy(new AttachPreconditions(process(0))::check)
                .hasMessage("process 42 is not an attachable JVM, it does not handle SIGQUIT, as with -Xrs: restart it"
                        + " with -javaagent, or use its JMX address");
    }

    @Test
    void statusIsUnknownIfTheSignsOfAnAgentAreUnreadable() throws Exception {
        Jvm jvm = new Jvm(42, "shop.jar");
        AttachPreconditions possible = new AttachPreconditions(process(0));
        assertThat(Jvms.withoutAgent(jvm, process(0), possible).problem()).isNull();
        assertThat(Jvms.withoutAgent(jvm, process(0), possible).obstacle()).isNull();

        status("0000000000000002");
        assertThat(Jvms.withoutAgent(jvm, process(0), possible).obstacle()).contains("does not handle SIGQUIT");

        Files.delete(proc.resolve("42/fd"));
        assertThat(Jvms.withoutAgent(jvm, process(0), possible).problem())
                .isEqualTo("no permission to list the open files of JVM 42, which would show an agent: run sockblame"
                        + " as root");
    }

    @Test
    void processWithoutLibraryOfJvmIsRefused() throws IOException {
        maps("/usr/bin/server-in-go");

        assertThatThrownBy(new AttachPreconditions(process(0))::check).hasMessageContaining("is not an attachable JVM");
    }

    @Test
    void performanceDataIsTheSignIfMapsAreUnreadable() throws IOException {
        Files.delete(proc.resolve("42/maps"));
        assertThat(process(0).isJvm()).isFalse();
        Path data = Files.createDirectories(proc.resolve("42/root/tmp/hsperfdata_ann"));
        Files.createFile(data.resolve("42"));

        assertThat(process(0).isJvm()).isTrue();
    }

    @Test
    void stoppedProcessIsRefused() throws IOException {
        Files.writeString(proc.resolve("42/status"), "State:\tT (stopped)\nSigCgt:\t0000000181005ccf\n");

        assertThatThrownBy(new AttachPreconditions(process(0))::check)
                .hasMessageContaining("process 42 is stopped: kill -CONT 42 resumes it");
    }

    @Test
    void fileOfTheSamePathIsTheSameOnlyThroughTheSameFolders() throws Exception {
        Path jar = Files.createFile(
                Files.createDirectory(proc.toRealPath().resolve("jars")).resolve("agent.jar"));
        Path root = proc.resolve("42/root");
        Files.createSymbolicLink(root, Path.of("/"));
        assertThat(process(0).opensSameFile(jar)).isTrue();

        // a container with a file system of its own
        Files.delete(root);
        Files.createDirectory(root);
        assertThat(process(0).opensSameFile(jar)).isFalse();
        Path inside = process(0).pathInside(jar);
        Files.createDirectories(Objects.requireNonNull(inside.getParent()));
        Files.copy(jar, inside);
        assertThat(process(0).opensSameFile(jar)).as("another file").isFalse();
        Files.delete(inside);
        Files.createLink(inside, jar);
        assertThat(process(0).opensSameFile(jar)).as("another folder").isFalse();
        Files.delete(inside);
        Files.createSymbolicLink(inside, jar);
        assertThat(process(0).opensSameFile(jar)).as("a link").isFalse();
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

    private void maps(String file) throws IOException {
        Files.writeString(
                proc.resolve("42/maps"),
                "7f0000000000-7f0000001000 r-xp 00000000 08:01 4711                     /usr/lib/libc.so.6\n"
                        + "7f0000002000-7f0000003000 r-xp 00000000 08:01 4712                     " + file + "\n");
    }

    private void cmdline(String... arguments) throws IOException {
        Files.writeString(proc.resolve("42/cmdline"), String.join("\0", arguments) + "\0");
    }
}
