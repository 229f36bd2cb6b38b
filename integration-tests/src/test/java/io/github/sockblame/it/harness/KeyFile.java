// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A key of its own for each test that needs TLS. */
public final class KeyFile {

    private KeyFile() {}

    /** Where the new one is, as the argument of a scenario. */
    public static String make() throws Exception {
        Path file = TestEnvironment.newFolder("tls").resolve("keys.p12");
        String keytool = TargetJdk.ofThisJvm().home().resolve("bin/keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "sockblame",
                "-dname",
                "CN=localhost",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString());
        Process process = ForkedProcess.start(command, Path.of("."), Map.of());
        CapturedStream err = new CapturedStream(process.getErrorStream());
        process.getOutputStream().close();
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s", command)
                .isTrue();
        assertThat(process.exitValue()).as("%s", err.all()).isZero();
        return file.toString();
    }
}
