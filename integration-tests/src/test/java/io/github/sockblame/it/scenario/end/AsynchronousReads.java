// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Is told by asynchronous channels, in each of their ways, that the peer has closed, and closes nothing. */
public final class AsynchronousReads {

    private final List<Object> held = new ArrayList<>();

    private AsynchronousReads() {}

    public static void main(String[] arguments) throws Exception {
        AsynchronousReads reads = new AsynchronousReads();
        try (Peer peer = Peer.patient();
                Peer generous = Peer.leaving(5)) {
            AsynchronousSocketChannel first = reads.forReadAtOnce(peer);
            Told<Integer> told = reads.readPending(peer);
            Told<Long> scattered = reads.readScattered(peer);
            Future<Integer> future = reads.readInFuture(peer);
            Again again = reads.readAgain(generous);
            peer.leaveAll(4);
            expectEnd(told);
            expectEnd(scattered);
            EndsOfFile.expectEnd(future.get());
            expectEnd(again);
            expectEnd(readAtOnce(first)); // its peer was the first to leave
            Checkpoint.reached("told", reads.held);
        }
    }

    private AsynchronousSocketChannel forReadAtOnce(Peer peer) throws Exception {
        return channel(peer);
    }

    private Told<Integer> readPending(Peer peer) throws Exception {
        Told<Integer> told = new Told<>();
        channel(peer).read(ByteBuffer.allocate(8), null, told);
        return told;
    }

    private Told<Long> readScattered(Peer peer) throws Exception {
        Told<Long> told = new Told<>() {}; // a class without a name of its own
        ByteBuffer[] buffers = {ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8)};
        channel(peer).read(buffers, 0, 2, 1, TimeUnit.HOURS, null, told);
        return told;
    }

    private Future<Integer> readInFuture(Peer peer) throws Exception {
        return channel(peer).read(ByteBuffer.allocate(8));
    }

    private Again readAgain(Peer peer) throws Exception {
        AsynchronousSocketChannel channel = channel(peer);
        Again again = new Again(channel);
        channel.read(ByteBuffer.allocate(8), null, again);
        return again;
    }

    private static Told<Integer> readAtOnce(AsynchronousSocketChannel channel) {
        Told<Integer> told = new Told<>();
        channel.read(ByteBuffer.allocate(8), null, told);
        return told;
    }

    private static void expectEnd(Told<?> told) throws Exception {
        EndsOfFile.expectEnd(told.result.get().intValue());
    }

    private AsynchronousSocketChannel channel(Peer peer) throws Exception {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        Object unused = channel.connect(peer.address()).get();
        held.add(channel);
        return channel;
    }

    /** Is told once. */
    private static class Told<N extends Number> implements CompletionHandler<N, Void> {

        final CompletableFuture<N> result = new CompletableFuture<>();

        @Override
        public void completed(N read, Void nothing) {
            result.complete(read);
        }

        @Override
        public void failed(Throwable failure, Void nothing) {
            result.completeExceptionally(failure);
        }
    }

    /** Reads until it is told the end, perhaps by a read that it called itself. */
    private static final class Again extends Told<Integer> {

        private final AsynchronousSocketChannel channel;

        Again(AsynchronousSocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void completed(Integer read, Void nothing) {
            if (read < 0) {
                result.complete(read);
            } else {
                channel.read(ByteBuffer.allocate(8), null, this);
            }
        }
    }
}
