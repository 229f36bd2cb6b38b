// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import io.github.sockblame.agent.kernel.fd.FstatCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like the part of {@code /proc} that is read. */
public final class FakeProc {

    public static final String TCP_HEADINGS =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    static final String TCP6_HEADINGS = "  sl  local_address                         remote_address               "
            + "         st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    static final String UDP_HEADINGS =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid "
                    + " timeout inode ref pointer drops            ";
    static final String UDP6_HEADINGS = TCP6_HEADINGS + " ref pointer drops";
    static final String UNIX_HEADINGS = "Num       RefCount Protocol Flags    Type St Inode Path";

    private final Path root;

    private FakeProc(Path root) {
        this.root = root;
    }

    /** Empty folders. */
    public static FakeProc bare(Path root) {
        FakeProc proc = new FakeProc(root);
        proc.folder("self/fd");
        proc.folder("self/net");
        return proc;
    }

    /** Every source there, and nothing open. */
    public static FakeProc complete(Path root) {
        return bare(root)
                .tcp()
                .tcp6()
                .unix()
                .udp()
                .udp6()
                .openFiles("20000")
                .listenCounters(0, 0)
                .somaxconn("4096")
                .portRange("32768\t60999");
    }

    public ProcFs procFs() {
        return new ProcFs(root);
    }

    /** The same with descriptors that are asked. */
    public ProcFs procFs(FstatCalls calls) {
        return new ProcFs(root, calls);
    }

    public Path file(String name) {
        return root.resolve("self").resolve(name);
    }

    public FakeProc tcp(String... rows) {
        return table("net/tcp", TCP_HEADINGS, rows);
    }

    public FakeProc tcp6(String... rows) {
        return table("net/tcp6", TCP6_HEADINGS, rows);
    }

    public FakeProc unix(String... rows) {
        return table("net/unix", UNIX_HEADINGS, rows);
    }

    public FakeProc udp(String... rows) {
        return table("net/udp", UDP_HEADINGS, rows);
    }

    public FakeProc udp6(String... rows) {
        return table("net/udp6", UDP6_HEADINGS, rows);
    }

    /** The file of a kernel 6.18, most of its columns left out. */
    public FakeProc listenCounters(long overflows, long drops) {
        return table(
                "net/netstat",
                "TcpExt: SyncookiesSent TW DelayedACKLost ListenOverflows ListenDrops TCPHPHits",
                "TcpExt: 0 308274 5865 " + overflows + " " + drops + " 163605",
                "IpExt: InNoRoutes InTruncatedPkts",
                "IpExt: 0 0");
    }

    /** {@code net.core.somaxconn}, which is no file of this process's. */
    public FakeProc somaxconn(String most) {
        folder("sys/net/core");
        return content("../sys/net/core/somaxconn", (most + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code net.ipv4.ip_local_port_range}, two numbers with a tab between them. */
    public FakeProc portRange(String range) {
        folder("sys/net/ipv4");
        return content("../sys/net/ipv4/ip_local_port_range", (range + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public FakeProc openFiles(String soft) {
        return table(
                "limits",
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max cpu time              unlimited            unlimited            seconds   ",
                "Max core file size        0                    unlimited            bytes     ",
                "Max open files            " + soft + "                20000                files     ",
                "Max nice priority         0                    0                    ");
    }

    public FakeProc socket(int fd, long inode) {
        return link(fd, "socket:[" + inode + "]");
    }

    public FakeProc link(int fd, String target) {
        try {
            Files.createSymbolicLink(file("fd/" + fd), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private FakeProc table(String name, String headings, String... rows) {
        StringBuilder text = new StringBuilder(headings).append('\n');
        for (String row : rows) {
            text.append(row).append('\n');
        }
        return content(name, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes into the same inode as before, as the kernel's files keep theirs. */
    public FakeProc content(String name, byte[] bytes) {
        try {
            Files.write(file(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public FakeProc without(String name) {
        try {
            Files.delete(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public FakeProc folder(String name) {
        try {
            Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
