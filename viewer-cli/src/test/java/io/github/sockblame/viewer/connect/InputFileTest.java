// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that the user names: no kind of them blocks the viewer or fills its memory. */
@Timeout(20)
class InputFileTest {

    @TempDir
    Path folder = Path.of("");

    private Path fifo = Path.of("");

    @BeforeEach
    void makeFifo() throws Exception {
        fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void savedReportIsARegularFile() throws Exception {
        refused(() -> new SavedReport(fifo).read(), fifo + " is a FIFO, a device or a socket: write its content");
        refused(() -> new SavedReport(Path.of("/dev/zero")).read(), "/dev/zero is a FIFO, a device or a socket");
        refused(() -> new SavedReport(folder).read(), folder + " is a folder: choose a file");
        refused(
                () -> new SavedReport(file("empty", "")).read(),
                "empty is not a Sockblame report, it is empty: choose another file");
        refused(() -> new SavedReport(file("none", "\u0001\u0002\u0003")).read(), "none is not a Sockblame report");
        refused(
                () -> new SavedReport(file("short", "{\"schema\":\"sockblame/2\"}")).read(),
                "short is a damaged report: it has no frames");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        refused(() -> new SavedReport(binary).read(), "binary is not a Sockblame report, it is not UTF-8 text");
    }

    @Test
    void passwordFileIsARegularFileOfOneShortLine() throws Exception {
        refused(() -> Credentials.fromFile("me", fifo), fifo + " is a FIFO, a device or a socket");
        refused(() -> Credentials.fromFile("me", folder), folder + " is a folder: choose a file");
        refused(() -> Credentials.fromFile("me", Path.of("/dev/zero")), "/dev/zero is a FIFO, a device or a socket");
        refused(
                () -> Credentials.fromFile("me", folder.resolve("none")),
                "cannot read the password file " + folder.resolve("none") + " (it does not exist)");
        refused(
                () -> Credentials.fromFile("me", secret("large", "x".repeat(4097))),
                "large is larger than 4096 bytes: choose another file");
        Path binary = secret("binary", "");
        Files.write(binary, new byte[] {(byte) 0xff});
        refused(() -> Credentials.fromFile("me", binary), "binary is not UTF-8 text: choose another file");

        assertThat(Credentials.fromFile("me", secret("good", "pässword\nmore\n"))
                        .forJmx())
                .containsExactly("me", "pässword");
        assertThat(Credentials.fromFile("me", secret("full", "x".repeat(4096))).forJmx()[1])
                .hasSize(4096);
    }

    @Test
    void aTextLongerThanTheBufferIsDecoded() throws Exception {
        String text = "aé€\ud83d\ude00".repeat(10_000);

        assertThat(Utf8.decode(text.getBytes(UTF_8))).isEqualTo(text);
        assertThatThrownBy(() -> Utf8.decode(new byte[] {'a', (byte) 0xe2, (byte) 0x82}))
                .isInstanceOf(IOException.class);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path secret(String name, String text) throws IOException {
        Path file = file(name, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static void refused(ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOf(CannotAnswerException.class).hasMessageContaining(part);
    }
}
