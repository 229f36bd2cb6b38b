// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmNameTest {

    @ParameterizedTest
    @CsvSource({
        "java -jar /opt/shop/shop.jar --password=hunter2, shop.jar",
        "/usr/bin/java -Xmx1g -cp a.jar:b.jar com.acme.Main hunter2, com.acme.Main",
        "java --add-opens java.base/java.lang=ALL-UNNAMED -ea com.acme.Main, com.acme.Main",
        "java -p mods -m com.acme/com.acme.Main hunter2, com.acme/com.acme.Main",
        "java --module=com.acme/com.acme.Main, com.acme/com.acme.Main",
        "java --source 21 /home/ann/Hello.java, Hello.java",
        "java @options -jar shop.jar, shop.jar",
        "java @options hunter2, -",
        "java -jar, -",
        "java -version, -",
        "/opt/eclipse/eclipse -data hunter2, eclipse"
    })
    void nameIsMainClassModuleOrJar(String commandLine, String name) {
        assertThat(JvmName.of(List.of(commandLine.split(" ", -1)))).isEqualTo(name);
    }

    @Test
    void anyCommandLineHasAName() {
        assertThat(JvmName.of(List.of(""))).isEqualTo("-");
        assertThat(JvmName.of(List.of("java", ""))).isEqualTo("-");
        assertThat(JvmName.of(List.of("java", "-jar", "/opt/"))).isEqualTo("-");
        assertThat(JvmName.of(List.of("x".repeat(100_000)))).hasSizeLessThanOrEqualTo(200);
    }
}
