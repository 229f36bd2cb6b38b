// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Opens and accepts connections in every kind, each kind in a thread of its own, and holds them. */
public final class AllKinds {

    private AllKinds() {}

    public static void main(String[] arguments) throws Exception {
        List<Object> held = Collections.synchronizedList(new ArrayList<>());
        open(held, BlockingSockets.class, BlockingSockets::new);
        open(held, BlockingChannels.class, BlockingChannels::new);
        open(held, SelectedChannels.class, SelectedChannels::new);
        open(held, AdaptedChannels.class, AdaptedChannels::new);
        Checkpoint.reached("open", held);
    }

    private static void open(List<Object> held, Class<?> kind, Callable<Object> opening) throws Exception {
        FutureTask<Object> task = new FutureTask<>(opening);
        new Thread(task, "opens " + kind.getSimpleName()).start();
        held.add(task.get());
    }
}
