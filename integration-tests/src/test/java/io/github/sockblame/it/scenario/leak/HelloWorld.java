// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;

/** Opens no socket. */
public final class HelloWorld {

    private HelloWorld() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("Hello, world");
        System.err.println("Hello, error");
        Checkpoint.reached("done");
        System.exit(3);
    }
}
