// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Opens a file channel before its first socket. JDK 17 then makes a Unix-domain socket of its own, for good. */
public final class FileBeforeSocket {

    private FileBeforeSocket() {}

    public static void main(String[] arguments) throws IOException {
        try (FileChannel file = FileChannel.open(Path.of("/proc/self/stat"));
                ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Checkpoint.reached("listens", file, listener);
        }
    }
}
