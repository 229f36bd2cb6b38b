// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.viewer.fake.FakeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A viewer's cargo for tests: the fake agent's jar. */
public final class FakeCarriedAgent {

    private FakeCarriedAgent() {}

    public static BundledAgent in(Path folder) throws IOException {
        Path shelf = Files.createDirectory(folder.resolve("tmp"));
        return BundledAgent.of(FakeAgent.jar(folder), new AgentJarCache(shelf, "tester", LocalProcess.uid(folder)));
    }
}
