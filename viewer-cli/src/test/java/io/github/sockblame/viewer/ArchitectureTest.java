// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    private static final String VIEWER = "io.github.sockblame.viewer";
    private static final String REPORT = "io.github.sockblame.report";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(VIEWER);

    /** The report's test classes are in a jar of their own when the whole project is built. */
    private final JavaClasses withReport = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(VIEWER, REPORT);

    /** What a package may use of the viewer's and the report's packages. */
    @ParameterizedTest
    @CsvSource({
        "viewer, 'viewer.command'",
        "viewer.man, 'viewer.command'",
        "viewer.command, 'viewer.connect, viewer.demo, viewer.diff, viewer.filter, viewer.output, viewer.top, report, report.net, report.option, report.text'",
        "viewer.top, 'viewer.connect, viewer.diff, viewer.output, report, report.text'",
        "viewer.output, 'viewer.connect, viewer.html, report, report.net, report.text'",
        "viewer.demo, 'viewer.connect, report'",
        "viewer.connect, 'report, report.json, report.text'",
        "viewer.diff, 'report, report.text'",
        "viewer.filter, 'report, report.net'",
        "viewer.html, 'report, report.text'",
        "report.json, 'report, report.net, report.write'",
        "report.write, 'report'",
        "report.option, 'report, report.net, report.text'",
        "report.text, 'report, report.net'",
        "report, 'report.net'",
        "report.net, ''"
    })
    void importsPointDownwards(String name, String below) {
        List<String> others = new ArrayList<>(List.of("io.github.sockblame." + name));
        for (String one : below.split(", ", -1)) {
            others.add("io.github.sockblame." + one);
        }
        noClasses()
                .that()
                .resideInAPackage("io.github.sockblame." + name)
                .should()
                .dependOnClassesThat(resideInAnyPackage(VIEWER + "..", REPORT + "..")
                        .and(not(resideInAnyPackage(others.toArray(new String[0])))))
                .check(withReport);
    }

    @Test
    void onlyLiveScreenUsesTerminalLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage(VIEWER + ".top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(classes);
    }

    @Test
    void pageDependsOnNoOtherViewerPackage() {
        noClasses()
                .that()
                .resideInAPackage(VIEWER + ".html")
                .should()
                .dependOnClassesThat(resideInAPackage(VIEWER + "..").and(not(resideInAPackage(VIEWER + ".html"))))
                .check(classes);
    }

    @Test
    void onlyCommandsUsePicocli() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        VIEWER + ".connect", VIEWER + ".demo", VIEWER + ".html", VIEWER + ".output", VIEWER + ".top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(classes);
    }

    @Test
    void onlyOneClassUsesAttachApi() {
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
    void onlyMainExitsAndNoCodeSleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(classes);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
    }

    @Test
    void classNamesDescribeTheirRole() {
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
