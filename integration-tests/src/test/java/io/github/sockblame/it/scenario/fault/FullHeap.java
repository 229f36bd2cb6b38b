// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.AllKinds;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Opens and accepts channels with a little more of the heap free each time, from nothing to enough. */
public final class FullHeap {

    private static final int STEPS = 80;
    private static final int STEP = 256;
    private static final int ENOUGH = 4;

    private final @Nullable Object[] hoard = new Object[1 << 16];
    private final @Nullable Object[] opened = new Object[STEPS];
    private int hoarded;

    private FullHeap() {}

    public static void main(String[] arguments) throws Exception {
        FourKinds.talk();
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), STEPS);
        FullHeap connecting = new FullHeap();
        connecting.fill(() -> SocketChannel.open(listener.getLocalAddress()));
        listener.configureBlocking(false);
        for (SocketChannel one = listener.accept(); one != null; one = listener.accept()) {
            one.close();
        }
        List<Object> waiting = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            waiting.add(SocketChannel.open(listener.getLocalAddress()));
        }
        FullHeap accepting = new FullHeap();
        accepting.fill(listener::accept);
        Checkpoint.reached("filled", connecting.opened, accepting.opened, waiting);
        FourKinds.talk();
        AllKinds.main(arguments);
        Checkpoint.reached("done");
    }

    private void fill(Callable<@Nullable Object> opening) throws IOException {
        int wentWell = 0;
        for (int i = 0; i < STEPS && wentWell < ENOUGH; i++) {
            @Nullable Object[] room = {new byte[i * STEP]};
            hoard();
            room[0] = null;
            try {
                opened[i] = opening.call();
                wentWell++;
            } catch (OutOfMemoryError e) {
                // so it was not enough
            } catch (Exception e) {
                throw new AssertionError(e);
            } finally {
                while (hoarded > 0) {
                    hoard[--hoarded] = null;
                }
            }
        }
        System.out.println("enough " + (wentWell == ENOUGH));
    }

    /** Takes all that is left of the heap, down to the last few bytes. */
    private void hoard() {
        for (int size = 1 << 20; size > 0; size >>= 3) {
            try {
                while (hoarded < hoard.length) {
                    hoard[hoarded] = new byte[size];
                    hoarded++;
                }
            } catch (OutOfMemoryError e) {
                // now the smaller ones
            }
        }
    }
}
