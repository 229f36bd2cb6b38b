// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens sockets round by round, each at the end of a stack of its own, as a recursive interpreter does. Arguments: {@code hold} or
 * {@code close}, the depth of the stacks, and the sockets of a round.
 */
public final class DeepStacks {

    private final boolean holds;
    private final int depth;
    private final List<DatagramSocket> held = new ArrayList<>();
    private final ServerSocket listener;
    private int path;

    private DeepStacks(boolean holds, int depth) throws IOException {
        this.holds = holds;
        this.depth = depth;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public static void main(String[] arguments) throws IOException {
        DeepStacks program = new DeepStacks(arguments[0].equals("hold"), Integer.parseInt(arguments[1]));
        int inRound = Integer.parseInt(arguments[2]);
        for (int round = 1; !Checkpoint.isOver(); round++) {
            for (int i = 0; i < inRound; i++) {
                program.path++;
                program.left(program.path, program.depth);
            }
            System.out.println("opened-until-" + round + " " + program.path);
            Checkpoint.reached("round " + round);
        }
    }

    /** Each bit of the path is a frame of one of two methods. */
    private void left(int bits, int more) throws IOException {
        next(bits, more);
    }

    private void right(int bits, int more) throws IOException {
        next(bits, more);
    }

    private void next(int bits, int more) throws IOException {
        if (more <= 0) {
            open();
        } else if ((bits & 1) == 0) {
            left(bits >> 1, more - 2); // two frames: this one and the called one
        } else {
            right(bits >> 1, more - 2);
        }
    }

    private void open() throws IOException {
        if (holds) {
            held.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        } else {
            Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            listener.accept().close();
            client.close();
        }
    }
}
