// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets go of its sockets without closing them, and waits until they are collected. */
public final class DroppedSockets {

    private DroppedSockets() {}

    public static void main(String[] arguments) throws IOException {
        List<Object> held = openWithoutClose();
        List<WeakReference<Object>> dropped =
                held.stream().map(WeakReference::new).toList();
        Checkpoint.reached("open", held);
        held.clear();
        while (dropped.stream().anyMatch(reference -> reference.get() != null)) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        Checkpoint.reached("collected");
    }

    private static List<Object> openWithoutClose() throws IOException {
        ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept();
        return new ArrayList<>(List.of(listener, client, accepted, DatagramChannel.open()));
    }
}
