// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.program;

import io.github.sockblame.report.ProgramPackageSource;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** The kind of place that a class was loaded from. */
enum ClassPlace {
    /** An archive of a library or of the program, or a bundle. */
    ARCHIVE(null),
    /** No file: the class was made while the program ran, as that of a script is. */
    NO_FILE(null),
    /** The program's own part of a Spring Boot jar. */
    BOOT_INF(ProgramPackageSource.BOOT_INF),
    /** The program's own part of a web application. */
    WEB_INF(ProgramPackageSource.WEB_INF),
    /** A folder of class files. */
    FOLDER(ProgramPackageSource.FOLDER);

    private final @Nullable ProgramPackageSource source;

    ClassPlace(@Nullable ProgramPackageSource source) {
        this.source = source;
    }

    /** What the place shows about its packages; null if it shows nothing. */
    @Nullable ProgramPackageSource source() {
        return source;
    }

    /**
     * The place of the classes of this domain. It calls no code of the program: a code source may be a class of the
     * program, and so may the handler of a URL, which its text would need.
     */
    static ClassPlace of(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        if (source == null) {
            return NO_FILE;
        }
        URL location = source.getClass() == CodeSource.class ? source.getLocation() : null;
        return location == null ? NO_FILE : of(location.getProtocol(), location.getPath());
    }

    /** The place with a URL of this protocol and path. */
    static ClassPlace of(String protocol, String path) {
        if (path.contains("BOOT-INF/classes")) {
            return BOOT_INF;
        }
        if (path.contains("WEB-INF/classes")) {
            return WEB_INF;
        }
        boolean isFile = protocol.equals("file") || protocol.equals("vfs");
        if (!isFile || isArchive(path)) {
            return ARCHIVE;
        }
        return path.endsWith("/") ? FOLDER : NO_FILE;
    }

    private static boolean isArchive(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        for (String suffix : new String[] {".jar", ".war", ".ear", ".rar", ".zip", ".jmod", "!"}) {
            if (path.startsWith(suffix, end - suffix.length())) {
                return true;
            }
        }
        return false;
    }
}
