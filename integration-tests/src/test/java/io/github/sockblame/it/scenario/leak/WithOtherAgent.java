// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.BlockingChannels;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.kind.SelectedChannels;
import java.util.List;

/** Talks through sockets of all four kinds, holds some, and talks again: a program that carries another agent, too. */
public final class WithOtherAgent {

    private WithOtherAgent() {}

    public static void main(String[] arguments) throws Exception {
        FourKinds.talk();
        List<Object> held = List.of(new BlockingSockets(), new BlockingChannels(), new SelectedChannels());
        Checkpoint.reached("open", held);
        FourKinds.talk();
        Checkpoint.reached("more");
    }
}
