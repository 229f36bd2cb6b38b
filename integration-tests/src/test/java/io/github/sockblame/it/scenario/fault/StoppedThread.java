// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Stops a thread while it opens a socket, and says what it died of. */
public final class StoppedThread {

    private static volatile boolean inside;

    private StoppedThread() {}

    @SuppressWarnings("deprecation") // what old programs do
    public static void main(String[] arguments) throws Exception {
        SocketChannel.open().close();
        @Nullable Faults faults = Faults.ofAgent();
        if (faults != null) {
            faults.inject((proxy, method, unused) -> {
                spin();
                return null;
            });
        }
        Thread thread = new Thread(StoppedThread::open, "stopped");
        thread.setUncaughtExceptionHandler((dead, error) -> System.out.println(dead.getName() + " died of " + error));
        thread.start();
        while (!inside) {
            Thread.onSpinWait();
        }
        thread.stop();
        thread.join();
        if (faults != null) {
            faults.end();
        }
        Checkpoint.reached("done");
    }

    private static void open() {
        try {
            SocketChannel.open().close();
            spin(); // here without the agent, in its hook with it
        } catch (IOException e) {
            System.out.println(e);
        }
        System.out.println("lives");
    }

    private static void spin() {
        inside = true;
        while (inside) {
            Thread.onSpinWait();
        }
    }
}
