// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.fd.DescriptorScanner;
import io.github.sockblame.agent.kernel.fd.FstatCalls;
import io.github.sockblame.agent.kernel.fd.InodeMap;
import io.github.sockblame.agent.kernel.fd.KernelFixtures;
import io.github.sockblame.agent.kernel.fd.RememberedSockets;
import io.github.sockblame.agent.kernel.fd.ScanResult;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan of descriptors by fstat. The folder stands for the kernel's: its size is what the file system of the test makes of it. */
class FstatScanTest {

    private static final String FSTAT_SOURCE = "fstat(0, 1, 2...)";

    @TempDir
    Path folder;

    private final List<SourceStatus> answers = new ArrayList<>();
    private final Map<Integer, Long> open = new HashMap<>();
    private final List<Integer> descriptorsRead = new ArrayList<>();
    private boolean broken;

    private final FstatCalls calls = fd -> {
        descriptorsRead.add(fd);
        if (broken) {
            throw new IOException("no such method");
        }
        return open.getOrDefault(fd, FstatCalls.CLOSED);
    };

    /** As many as the folder's size says: it need not be listed. */
    private long size() {
        return folder.toFile().length();
    }

    private void openAll(long number) {
        for (int fd = 0; open.size() < number; fd++) { // no number is left out
            open.putIfAbsent(fd, FstatCalls.NO_SOCKET);
        }
    }

    private ScanResult read() {
        return read(RememberedSockets.NONE);
    }

    private ScanResult read(RememberedSockets remembered) {
        return scanner().read(-1, remembered, answers);
    }

    private DescriptorScanner scanner() {
        return new DescriptorScanner(folder, calls);
    }

    @Test
    void scanEndsAtKernelCount() {
        open.put(20, 4242L);
        open.put(12, 4243L);
        openAll(size());
        ScanResult scanResult = read();

        assertThat(scanResult.open()).isEqualTo(size());
        assertThat(scanResult.socketInodes()).isEqualTo(Map.of(12, 4243L, 20, 4242L));
        assertThat(answers).containsExactly(new SourceStatus(FSTAT_SOURCE, true, null));
    }

    @Test
    void scanReadsFewExtraDescriptors() {
        openAll(size());
        ScanResult unused = read();

        assertThat(descriptorsRead).hasSizeBetween((int) size(), (int) size() + 100);
    }

    @Test
    void scanReachesHighestSeenDescriptor() {
        openAll(size());
        open.put((int) size() + 900, 4242L);
        open.remove(5);
        DescriptorScanner scanner = scanner();
        assertThat(scanner.read(-1, RememberedSockets.NONE, answers).socketInodes())
                .hasSize(1);

        // what was closed and opened meanwhile makes the number right before the last one is met
        open.put(5, FstatCalls.NO_SOCKET);

        assertThat(scanner.read(-1, RememberedSockets.NONE, answers).socketInodes())
                .hasSize(1);
    }

    @Test
    void listsWhatIsFarAwayFromTheOthers() throws IOException {
        Files.createFile(folder.resolve("900000"));
        Files.createFile(folder.resolve("3"));
        Files.createFile(folder.resolve("4"));
        open.put(3, 4242L);
        open.put(900_000, 4243L);
        ScanResult scanResult = read();

        assertThat(scanResult.open()).as("number 4 is closed by now").isEqualTo(2);
        assertThat(scanResult.socketInodes()).containsExactly(Map.entry(3, 4242L), Map.entry(900_000, 4243L));
        assertThat(answers).containsExactly(new SourceStatus(folder.toString(), true, null));
    }

    @Test
    void scanContinuesWithHiddenFolder() {
        openAll(size() + 3);
        open.put((int) size() + 10, 4242L);
        ScanResult scanResult = read();

        assertThat(scanResult.open()).isEqualTo(size() + 4);
        assertThat(scanResult.socketInodes()).hasSize(1);
        assertThat(answers)
                .containsExactly(
                        new SourceStatus(folder.toString(), false, "empty, which it never is"),
                        new SourceStatus(FSTAT_SOURCE, true, null));
    }

    @Test
    void linksReplaceMissingFstat() throws IOException {
        Files.createSymbolicLink(folder.resolve("3"), Path.of("socket:[4242]"));
        broken = true;

        assertThat(read().socketInodes()).isEqualTo(Map.of(3, 4242L));
        assertThat(descriptorsRead).as("once and never again").hasSize(1);
    }

    @Test
    void rememberedSocketIsNotRead() {
        openAll(size());
        open.put(12, 4242L);
        open.put(13, 4243L);
        DescriptorScanner scanner = scanner();
        ScanResult scanResult = scanner.read(-1, fd -> fd == 12 ? 4242L : 0, answers);

        assertThat(scanResult.socketInodes()).isEqualTo(Map.of(12, 4242L, 13, 4243L));
        assertThat(descriptorsRead).contains(13).doesNotContain(12);
        assertThat(scanner.verify(scanResult, rowsOf(4242L))).isEqualTo(Map.of(12, 4242L, 13, 4243L));
        assertThat(descriptorsRead).as("its row is there").doesNotContain(12);
    }

    @Test
    void rememberedSocketWithoutRowIsRead() {
        openAll(size());
        open.put(12, 4242L);
        open.put(13, 4243L);
        open.put(14, 4244L);
        open.put(15, 4245L);
        DescriptorScanner scanner = scanner();
        ScanResult scanResult = scanner.read(-1, fd -> fd >= 12 && fd < 16 ? 4230L + fd : 0, answers);
        open.put(13, 5000L); // another socket
        open.put(14, FstatCalls.NO_SOCKET);
        open.remove(15);

        assertThat(scanner.verify(scanResult, rowsOf())).isEqualTo(Map.of(12, 4242L, 13, 5000L));
        assertThat(scanResult.open()).isEqualTo(size() - 1);
    }

    @Test
    void excessRememberedSocketsAreAllRead() {
        openAll(size());
        open.put(12, 4242L);
        int closed = (int) size() + 10;
        ScanResult scanResult = read(fd -> fd == 12 || fd == closed ? 4230L + fd : 0);

        assertThat(scanResult.open()).isEqualTo(size());
        assertThat(scanResult.socketInodes()).isEqualTo(Map.of(12, 4242L));
        assertThat(descriptorsRead).contains(12, closed);
        assertThat(answers).containsExactly(new SourceStatus(FSTAT_SOURCE, true, null));
    }

    private static InodeMap<String> rowsOf(Long... inodes) {
        Map<Long, String> rows = new HashMap<>();
        for (Long inode : inodes) {
            rows.put(inode, "a row");
        }
        return KernelFixtures.rows(rows);
    }
}
