// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramInfoTest {

    @ParameterizedTest
    @CsvSource({
        "com.acme.Shop --password=secret, com.acme.Shop",
        "com.acme.Shop, com.acme.Shop",
        "/opt/shop/shop.jar --port 80, shop.jar",
        "shop.jar, shop.jar",
        "./shop.jar x.jar, shop.jar",
        "shop/com.acme.Main a/b.jar, shop/com.acme.Main",
        "'', a Java program",
        "' --password=secret', a Java program",
        "/opt/shop/, /opt/shop/"
    })
    void namesTheProgramWithoutItsArguments(String command, String name) {
        assertThat(ProgramInfo.name(command)).isEqualTo(name);
    }
}
