// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageRootTest {

    private static final PackageSet LIBRARIES = new PackageSet(PackageSet.namesIn("libraries.txt"));

    @ParameterizedTest
    @CsvSource({
        "shop, shop",
        "com.acme, com.acme",
        "com.acme.shop.web, com.acme",
        "io.github.acme.shop.web, io.github.acme",
        "uk.co.acme.shop, uk.co.acme",
        "org.apache.foo.myapp.web, org.apache.foo",
        "com.google.acme.shop, com.google.acme",
        "org.apache.kafka.shop.web, org.apache.kafka.shop",
        "org.apache.kafka, org.apache.kafka",
        "kafka, kafka"
    })
    void theRootIsOfOneOwner(String name, String root) {
        assertThat(PackageRoot.of(name, LIBRARIES)).isEqualTo(root);
    }
}
