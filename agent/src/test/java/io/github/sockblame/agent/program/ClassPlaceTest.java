// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassPlaceTest {

    @ParameterizedTest
    @CsvSource({
        "file, /opt/shop/lib/httpclient-4.5.jar, ARCHIVE",
        "file, /opt/shop/lib/httpclient-4.5.jar/, ARCHIVE",
        "jar, file:/opt/shop.jar!/BOOT-INF/lib/okio.jar!/, ARCHIVE",
        "jar, file:/opt/shop.jar!/BOOT-INF/classes!/, BOOT_INF",
        "jar, nested:/opt/shop.jar/!BOOT-INF/classes/!/, BOOT_INF",
        "jar, nested:/opt/shop.jar/!BOOT-INF/lib/okio.jar!/, ARCHIVE",
        "file, /opt/exploded/BOOT-INF/classes/, BOOT_INF",
        "file, /srv/tomcat/webapps/shop/WEB-INF/classes/, WEB_INF",
        "file, /srv/tomcat/webapps/shop/WEB-INF/lib/okio.jar, ARCHIVE",
        "vfs, /content/shop.war/WEB-INF/classes, WEB_INF",
        "vfs, /content/shop.war/WEB-INF/lib/okio.jar, ARCHIVE",
        "file, /home/dev/shop/target/classes/, FOLDER",
        "file, /groovy/script, NO_FILE",
        "file, /home/dev/Leak.java, NO_FILE",
        "bundle, //17.0:1/, ARCHIVE",
        "jrt, /com.acme.shop, ARCHIVE"
    })
    void aLocationShowsTheKindOfPlace(String protocol, String path, ClassPlace place) {
        assertThat(ClassPlace.of(protocol, path)).isEqualTo(place);
    }

    @Test
    void aClassThatWasMadeAtRunTimeHasNoPlace() throws Exception {
        URL jar = URI.create("file:/opt/acme.jar").toURL();

        assertThat(ClassPlace.of(null)).isEqualTo(ClassPlace.NO_FILE);
        assertThat(ClassPlace.of(new ProtectionDomain(null, null))).isEqualTo(ClassPlace.NO_FILE);
        assertThat(ClassPlace.of(domain(new CodeSource(null, (Certificate[]) null))))
                .isEqualTo(ClassPlace.NO_FILE);
        assertThat(ClassPlace.of(domain(new CodeSource(jar, (Certificate[]) null))))
                .isEqualTo(ClassPlace.ARCHIVE);
    }

    @Test
    void aCodeSourceOfTheProgramIsNotCalled() throws Exception {
        CodeSource own = new OwnCodeSource(URI.create("file:/opt/acme.jar").toURL());

        assertThat(ClassPlace.of(domain(own))).isEqualTo(ClassPlace.NO_FILE);
    }

    private static ProtectionDomain domain(CodeSource source) {
        return new ProtectionDomain(source, null);
    }

    /** A class of the program that may wait for a lock. */
    private static final class OwnCodeSource extends CodeSource {

        private static final long serialVersionUID = 1;

        OwnCodeSource(URL location) {
            super(location, (Certificate[]) null);
        }
    }
}
