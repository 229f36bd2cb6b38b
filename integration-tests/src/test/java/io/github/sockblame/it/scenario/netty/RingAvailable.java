// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.netty;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;

/** Says whether Netty can use io_uring here. */
public final class RingAvailable {

    private RingAvailable() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Class<?> ring = Class.forName("io.netty.channel.uring.IoUring");
        System.out.println("io_uring " + ring.getMethod("isAvailable").invoke(null));
        Checkpoint.reached("asked");
    }
}
