// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainClassTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Main, com.acme.Main",
        "com.acme.Main --to /etc/x.jar, com.acme.Main",
        "com.acme.shop/com.acme.Main a/b, com.acme.Main",
        "Main, Main",
        "'',",
        "/no/such/file.jar a,",
        ".jar,"
    })
    void theFirstWordNamesIt(String command, @Nullable String expected) {
        assertThat(MainClass.ofCommand(command)).isEqualTo(expected);
    }

    @Test
    void theManifestOfAJarNamesIt(@TempDir Path folder) throws IOException {
        Path jar = jar(folder.resolve("shop.jar"), "com.acme.Main", null);

        assertThat(MainClass.ofCommand(jar + " --port 80")).isEqualTo("com.acme.Main");
    }

    @Test
    void theStartClassIsBehindTheLauncher(@TempDir Path folder) throws IOException {
        Path jar = jar(folder.resolve("shop.jar"), "org.springframework.boot.loader.JarLauncher", "com.acme.Shop");

        assertThat(MainClass.ofCommand(jar.toString())).isEqualTo("com.acme.Shop");
    }

    @Test
    void aJarMayNameNone(@TempDir Path folder) throws IOException {
        assertThat(MainClass.ofCommand(
                        jar(folder.resolve("shop.jar"), null, null).toString()))
                .isNull();
    }

    private static Path jar(Path file, @Nullable String main, @Nullable String start) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (main != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        }
        if (start != null) {
            manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), start);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.flush();
        }
        return file;
    }
}
