// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetResolverTest {

    private final TargetResolver targetResolver = new TargetResolver(
            BundledAgent.ofThisJar(),
            notice -> {},
            CredentialSource.NONE,
            (target, name) -> target,
            () -> List.of(
                    Jvm.of(11, "/opt/shop/shop.jar --password=hunter2"),
                    Jvm.of(12, "org.apache.catalina.startup.Bootstrap start"),
                    Jvm.of(13, "com.acme.Batch"),
                    Jvm.of(14, "com.acme.Billing")));

    @Test
    void fileThatExistsIsASavedReportWhateverItsName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("4242"), "");

        assertThat(targetResolver.find(file.toString())).isEqualTo(new SavedReport(file));
    }

    @Test
    void digitsAreAProcess() throws Exception {
        assertThat(targetResolver.find("4242")).isInstanceOf(LocalJvm.class);
    }

    @Test
    void hostAndPortAreAJmxAddress() throws Exception {
        assertThat(url("shop.example:9010")).isEqualTo("service:jmx:rmi:///jndi/rmi://shop.example:9010/jmxrmi");
        assertThat(url("[2001:db8::1]:9010")).isEqualTo("service:jmx:rmi:///jndi/rmi://[2001:db8::1]:9010/jmxrmi");
        assertThat(url("service:jmx:rmi:///jndi/rmi://a:1/b")).isEqualTo("service:jmx:rmi:///jndi/rmi://a:1/b");
    }

    @Test
    void partOfExactlyOneNameIsThatJvm() throws Exception {
        assertThat(targetResolver.find("shop.jar")).isInstanceOf(LocalJvm.class);
        assertThat(targetResolver.find("catalina")).isInstanceOf(LocalJvm.class);
    }

    @Test
    void severalNamesAreListed() {
        assertThatThrownBy(() -> targetResolver.find("com.acme"))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("2 JVMs")
                .hasMessageContaining("13 com.acme.Batch, 14 com.acme.Billing");
    }

    @Test
    void argumentsAreNoPartOfTheName() {
        assertThatThrownBy(() -> targetResolver.find("hunter2"))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("no JVM of this machine has 'hunter2'");
        assertThatThrownBy(() -> targetResolver.find("")).isInstanceOf(CannotAnswerException.class);
    }

    private String url(String text) throws Exception {
        return ((JmxTarget) targetResolver.find(text)).url().toString();
    }
}
