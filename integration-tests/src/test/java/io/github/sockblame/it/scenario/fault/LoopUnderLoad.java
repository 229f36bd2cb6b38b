// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Uses sockets again and again while something happens to it, until it is told that it is over, and says so on standard error. */
public final class LoopUnderLoad {

    private LoopUnderLoad() {}

    public static void main(String[] arguments) throws Exception {
        Callable<String> talk =
                new Exercises(Path.of(arguments[0])).all().values().iterator().next();
        String expected = talk.call();
        Checkpoint.reached("talks");
        boolean same = true;
        for (int i = 0; i < 20; i++) {
            same &= talk.call().equals(expected);
        }
        System.err.println(expected + "the same each time " + same);
        Checkpoint.reached("done");
    }
}
