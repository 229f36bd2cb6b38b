// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.ProgramPackageSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages of the program, and the culprits that they give. */
class ProgramPackagesTest {

    private final CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());

    @Test
    void unknownLibraryIsNotBlamedIfTheProgramCalledIt() {
        List<StackTraceElement> frames = frames(
                "sun.nio.ch.Net.socket:1",
                "org.thirdparty.wire.WireClient.connect:2",
                "org.thirdparty.wire.WireClient.open:3",
                "com.acme.shop.Shop.price:4",
                "com.acme.shop.Shop.main:5");
        assertThat(culprits.culprit(frames)).as("nothing is inferred").isEqualTo(1);

        infer("com.acme.shop.Shop", Map.of());

        assertThat(culprits.culprit(frames)).isEqualTo(3);
        assertThat(culprits.culprit(frames.subList(0, 3)))
                .as("it is the first outside the lists, if the program has no frame")
                .isEqualTo(1);
    }

    @Test
    void theProgramsPackageMayBeInTheListOfLibraries() {
        infer("org.apache.kafka.shop.Main", Map.of());

        assertThat(culprits.culprit(frames(
                        "java.net.Socket.connect:1",
                        "org.apache.kafka.clients.NetworkClient.poll:2",
                        "org.apache.kafka.shop.Shop.call:3")))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.boot.loader.JarLauncher",
                "org.springframework.boot.loader.launch.JarLauncher",
                "org.apache.maven.surefire.booter.ForkedBooter",
                "org.apache.catalina.startup.Bootstrap",
                "worker.org.gradle.process.internal.worker.GradleWorkerMain",
                "org.junit.platform.console.ConsoleLauncher",
                "com.sun.tools.javac.launcher.Main",
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "io.vertx.core.Launcher",
                "org.jboss.modules.Main",
                "org.eclipse.jetty.start.Main",
                "org.eclipse.equinox.launcher.Main",
                "org.jruby.Main",
                "clojure.main",
                "groovy.ui.GroovyMain",
                "com.intellij.rt.junit.JUnitStarter",
                "org.tanukisoftware.wrapper.WrapperSimpleApp"
            })
    void launcherShowsNothing(String mainClass) {
        assertThat(culprits.isLauncher(mainClass)).isTrue();
        infer(mainClass, Map.of());
        assertThat(culprits.program()).isEmpty();
    }

    @Test
    void theMainClassMayHaveNoPackage() {
        infer("Shop", Map.of());

        assertThat(culprits.culprit(frames("org.thirdparty.A.call:1", "Shop$Client.call:2", "Shop.main:3")))
                .isEqualTo(1);
        assertThat(culprits.program()).containsExactly(new ProgramPackage("Shop", ProgramPackageSource.MAIN_CLASS));
    }

    @Test
    void theBetterReasonIsNamed() {
        infer(
                "com.acme.shop.Main",
                Map.of(
                        "com.acme.shop.web", ProgramPackageSource.FOLDER,
                        "net.other.app", ProgramPackageSource.FOLDER,
                        "net.other.app.page", ProgramPackageSource.WEB_INF));

        assertThat(culprits.program())
                .containsExactly(
                        new ProgramPackage("com.acme", ProgramPackageSource.MAIN_CLASS),
                        new ProgramPackage("net.other", ProgramPackageSource.WEB_INF));
    }

    @Test
    void anUnpackedLibraryInAFolderIsNotTheProgram() {
        infer(
                null,
                Map.of(
                        "org.apache.http.impl.conn", ProgramPackageSource.FOLDER,
                        "org.apache.kafka.shop", ProgramPackageSource.WEB_INF));

        assertThat(culprits.program())
                .containsExactly(new ProgramPackage("org.apache.kafka.shop", ProgramPackageSource.WEB_INF));
    }

    @Test
    void codeThatComesFromNoFileIsNoLibrary() {
        culprits.inferProgram(new ProgramEvidence("com.acme.Main", Map.of(), Set.of("", "user", "org.apache.http")));

        assertThat(culprits.culprit(frames("user.leak.call:1", "com.acme.Main.main:2")))
                .isZero();
        assertThat(culprits.culprit(frames("Leak.call:1", "com.acme.Main.main:2")))
                .isZero();
        assertThat(culprits.culprit(frames("org.apache.http.Leak.call:1", "com.acme.Main.main:2")))
                .as("a listed library may generate classes")
                .isEqualTo(1);
    }

    @Test
    void whatTheUserNamesStays() {
        CulpritFinder named = CulpritFinder.of(List.of("com.acme.pay", "com.acme"), List.of());
        named.inferProgram(new ProgramEvidence("net.other.Main", Map.of(), Set.of()));

        assertThat(named.needsInference()).isFalse();
        assertThat(named.program()).containsExactly(new ProgramPackage("com.acme", ProgramPackageSource.OPTION));
    }

    private void infer(@Nullable String mainClass, Map<String, ProgramPackageSource> placed) {
        culprits.inferProgram(new ProgramEvidence(mainClass, placed, Set.of()));
    }

    private static List<StackTraceElement> frames(String... frames) {
        return JoinFixtures.stack(frames).frames();
    }
}
