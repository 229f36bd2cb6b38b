// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.TestEnvironment;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the two jars, and what must not be. */
class JarContentIT {

    private static final String PROBE = "boot/io/github/sockblame/probe/";
    private static final long LARGEST = 1_800_000;
    private static final long SMALLEST = 1_200_000;

    @Test
    void agentJarHoldsOnlyAgentAndProbe() throws IOException {
        try (JarFile jar = new JarFile(TestEnvironment.agentJar().toFile())) {
            List<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();

            assertThat(files).doesNotHaveDuplicates().allMatch(JarContentIT::belongs);
            assertThat(files)
                    .filteredOn(name -> name.startsWith("boot/"))
                    .containsExactlyInAnyOrder(
                            PROBE + "SocketListener.class",
                            PROBE + "NoopSocketListener.class",
                            PROBE + "SocketProbe.class");
            assertThat(files)
                    .filteredOn(name -> name.startsWith("META-INF/"))
                    .contains("META-INF/MANIFEST.MF")
                    .allMatch(name ->
                            name.matches("META-INF/(MANIFEST\\.MF|NOTICE|([A-Za-z-]+-)?LICENSE|licenses/[A-Z]+)"));
            assertThat(files)
                    .contains(
                            "io/github/sockblame/agent/SockblameAgent.class",
                            "io/github/sockblame/agent/shaded/bytebuddy/jar/asm/ClassReader.class",
                            "io/github/sockblame/agent/shaded/report/Report.class",
                            "io/github/sockblame/agent/shaded/jackson/core/json/JsonFactory.class")
                    .as("no databind, which needs java.xml, and no reader, which needs databind")
                    .noneMatch(name -> name.contains("/databind/") || name.contains("/report/json/"));
        }
    }

    private static boolean belongs(String name) {
        return name.startsWith("io/github/sockblame/agent/") || name.startsWith(PROBE) || name.startsWith("META-INF/");
    }

    @Test
    void manifestNamesAgentAndItsCapabilities() throws IOException {
        try (JarFile jar = new JarFile(TestEnvironment.agentJar().toFile())) {
            Attributes main =
                    Optional.ofNullable(jar.getManifest()).orElseThrow().getMainAttributes();

            assertThat(main.getValue("Premain-Class")).isEqualTo("io.github.sockblame.agent.SockblameAgent");
            assertThat(main.getValue("Agent-Class")).isEqualTo("io.github.sockblame.agent.SockblameAgent");
            assertThat(main.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(main.getValue("Can-Redefine-Classes")).isEqualTo("false");
            assertThat(main.getValue("Implementation-Version")).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(main.getValue("Boot-Class-Path")).isNull();
            assertThat(main.getValue("Class-Path")).isNull();
            assertThat(main.getValue("Multi-Release")).isNull();
        }
    }

    @Test
    void classThatTheJvmLoadsFirstIsForJava8AndTheOthersFor17() throws IOException {
        assertThat(majorVersion("io/github/sockblame/agent/SockblameAgent.class"))
                .isEqualTo(52);
        assertThat(majorVersion("io/github/sockblame/agent/AgentLifecycle.class"))
                .isEqualTo(61);
        assertThat(majorVersion(PROBE + "SocketProbe.class")).isEqualTo(61);
    }

    private static int majorVersion(String name) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(entry(TestEnvironment.agentJar(), name)))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }

    @Test
    void agentJarIsSmall() throws IOException {
        assertThat(Files.size(TestEnvironment.agentJar())).isBetween(SMALLEST, LARGEST);
    }

    @Test
    void viewerJarCarriesTheAgentJar() throws Exception {
        byte[] carried = entry(TestEnvironment.viewerJar(), "sockblame-agent.jar");

        assertThat(sha256(carried)).isEqualTo(sha256(Files.readAllBytes(TestEnvironment.agentJar())));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] entry(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = Optional.ofNullable(file.getEntry(name)).orElseThrow();
            return file.getInputStream(entry).readAllBytes();
        }
    }
}
