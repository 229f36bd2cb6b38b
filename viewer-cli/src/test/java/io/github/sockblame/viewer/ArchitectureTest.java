// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String VIEWER = "io.github.sockblame.viewer";
    private static final String REPORT = "io.github.sockblame.report";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(VIEWER);

    private final JavaClasses withReport = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(VIEWER, REPORT);

    @Test
    void importsPointDownwards() {
        noClasses()
                .that()
                .resideInAPackage(VIEWER + ".connect")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(VIEWER, VIEWER + ".demo")
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage(VIEWER + ".demo", VIEWER + ".top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VIEWER)
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackages(VIEWER, VIEWER + ".top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VIEWER + ".top")
                .check(classes);
    }

    @Test
    void terminalLibraryIsKnownToTheLiveScreenAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(VIEWER + ".top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(classes);
    }

    @Test
    void pageKnowsTheReportAndNothingOfTheViewer() {
        noClasses()
                .that()
                .resideInAPackage(VIEWER + ".html")
                .should()
                .dependOnClassesThat(resideInAPackage(VIEWER + "..").and(not(resideInAPackage(VIEWER + ".html"))))
                .check(classes);
    }

    @Test
    void picocliIsKnownToTheCommandsAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        VIEWER + ".connect", VIEWER + ".demo", VIEWER + ".html", VIEWER + ".save", VIEWER + ".top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    @Test
    void attachApiIsKnownToOneClass() {
        noClasses()
                .that()
                .haveNameNotMatching(VIEWER + ".connect.AttachedJvm")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.tools.attach..")
                .check(classes);
    }

    @Test
    void agentIsCarriedAndNotCalled() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.sockblame.agent..", "io.github.sockblame.probe..")
                .check(classes);
    }

    @Test
    void onlyMainEndsTheJvmAndNobodySleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(classes);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Base|Common|Misc|Stuff|Things?)")
                .check(withReport);
        noMethods()
                .that()
                .haveRawReturnType(void.class)
                .should()
                .haveNameMatching("(is|are|was|has|had|can)[A-Z].*")
                .check(withReport);
    }

    /** A reader who finds a name in a stack or in a document must not have to ask which of two it is. */
    @Test
    void noTwoClassesOfTheProjectHaveOneName() throws IOException {
        TreeSet<String> once = new TreeSet<>();
        TreeSet<String> twice = new TreeSet<>();
        for (String module : List.of("probe", "report", "agent", "viewer-cli", "benchmarks")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                        .filter(name -> !once.add(name))
                        .forEach(twice::add);
            }
        }

        assertThat(once).hasSizeGreaterThan(400);
        assertThat(twice).isEmpty();
    }
}
