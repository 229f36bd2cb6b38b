// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.ProgramPackageSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProgramScannerTest {

    private static final Class<?> IN_FOLDER = ProgramScannerTest.class;
    private static final Class<?> IN_ARCHIVE = Test.class;
    private static final ProgramPackage FOLDER = new ProgramPackage("io.github.sockblame", ProgramPackageSource.FOLDER);

    private final CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());

    @Test
    void classesInAFolderAreTheProgramsAndThoseInArchivesAreNot() {
        ProgramScanner scanner = scanner(IN_FOLDER, IN_ARCHIVE, String.class, int.class, IN_FOLDER.arrayType());

        scanner.scan();

        assertThat(culprits.program()).containsExactly(FOLDER);
    }

    @Test
    void theFolderOfTheMainClassMayHaveLibrariesToo() {
        ProgramScanner scanner = scanner(IN_FOLDER);
        scanner.setMainClass(IN_FOLDER.getName());

        scanner.scan();

        assertThat(culprits.program())
                .containsExactly(new ProgramPackage("io.github.sockblame", ProgramPackageSource.MAIN_CLASS));
        scanner.setMainClass("com.acme.Main");
        scanner.scan();
        assertThat(culprits.program())
                .as("the main class is elsewhere")
                .containsExactly(new ProgramPackage("com.acme", ProgramPackageSource.MAIN_CLASS), FOLDER);
    }

    @Test
    void aLauncherIsNoMainClass() {
        ProgramScanner scanner = scanner(IN_ARCHIVE);
        scanner.setMainClass("org.apache.catalina.startup.Bootstrap");

        scanner.scan();

        assertThat(culprits.program()).isEmpty();
    }

    @Test
    void nothingIsInferredForAUserWhoNamesPackages() {
        CulpritFinder named = CulpritFinder.of(List.of("com.acme"), List.of());
        ProgramScanner scanner = new ProgramScanner(
                () -> {
                    throw new AssertionError("no need to look");
                },
                named);
        long errors = InternalErrors.total();

        scanner.readMainClass();
        scanner.scan();

        assertThat(named.program()).containsExactly(new ProgramPackage("com.acme", ProgramPackageSource.OPTION));
        assertThat(InternalErrors.total()).isEqualTo(errors);
    }

    @Test
    void aFailureLeavesWhatIsKnown() {
        AtomicInteger calls = new AtomicInteger();
        ProgramScanner scanner = new ProgramScanner(
                () -> {
                    if (calls.incrementAndGet() > 1) {
                        throw new IllegalStateException("for a test");
                    }
                    return new Class<?>[] {IN_FOLDER};
                },
                culprits);
        scanner.scan();
        long errors = InternalErrors.total();

        scanner.scan();

        assertThat(InternalErrors.total()).isEqualTo(errors + 1);
        assertThat(culprits.program()).containsExactly(FOLDER);
    }

    @Test
    void theWatchThreadScansLessAndLessOften() {
        AtomicInteger scans = new AtomicInteger();
        ProgramScanner scanner = new ProgramScanner(
                () -> {
                    scans.incrementAndGet();
                    return new Class<?>[0];
                },
                culprits);
        long start = -5;
        for (int second = 0; second < 600; second++) {
            scanner.scanIfDue(start + TimeUnit.SECONDS.toNanos(second));
        }

        assertThat(scans).as("at 0, 1, 3, 7, 15, 31, 63, then each minute").hasValue(7 + 8);
    }

    private ProgramScanner scanner(Class<?>... classes) {
        return new ProgramScanner(classes::clone, culprits);
    }
}
