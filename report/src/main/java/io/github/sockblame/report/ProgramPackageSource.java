// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** Why the agent takes a package for the program's, best reason first. */
public enum ProgramPackageSource {
    /** The option {@code app} names it. */
    OPTION("option app"),
    /** The program's main class is in it. */
    MAIN_CLASS("main class"),
    /** Classes of it are in {@code BOOT-INF/classes} of a Spring Boot jar. */
    BOOT_INF("BOOT-INF/classes"),
    /** Classes of it are in {@code WEB-INF/classes} of a web application. */
    WEB_INF("WEB-INF/classes"),
    /** Classes of it are in a folder, while libraries are in archives. */
    FOLDER("classes in a folder");

    private final String word;

    ProgramPackageSource(String word) {
        this.word = word;
    }

    /** In a few words, lower case, without a full stop. */
    public String word() {
        return word;
    }
}
