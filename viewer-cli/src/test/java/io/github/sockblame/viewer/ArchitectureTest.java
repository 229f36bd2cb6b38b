// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String VIEWER = "io.github.sockblame.viewer";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(VIEWER);

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
}
