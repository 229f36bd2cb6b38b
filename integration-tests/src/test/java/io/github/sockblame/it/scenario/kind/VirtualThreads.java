// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Opens and accepts in a virtual thread; for a JDK that has them. */
public final class VirtualThreads {

    private VirtualThreads() {}

    public static void main(String[] arguments) throws Exception {
        Object sockets = inVirtualThread(BlockingSockets::new);
        Object channels = inVirtualThread(BlockingChannels::new);
        Checkpoint.reached("open", sockets, channels);
    }

    private static Object inVirtualThread(Callable<Object> opening) throws Exception {
        FutureTask<Object> task = new FutureTask<>(opening);
        Thread thread = start(task);
        Object result = task.get();
        System.out.println(thread);
        return result;
    }

    public static Thread start(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }
}
