// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A program of the machine's that some tests use, and skip without; {@code checks/tools.tsv} says which and what for. */
public enum Tool {
    BASH("bash", "bash"),
    BUSYBOX("busybox", "busybox"),
    CHROMIUM("chromium", "chromium"),
    DASH("dash", "dash"),
    GIT("git", "git"),
    GROFF("groff", "groff-base"),
    IP("ip", "iproute2"),
    MOUNT("mount", "mount"),
    PERL("perl", "perl-base"),
    /** Debian lays it outside of the PATH, a folder for each version. */
    POSTGRES("/usr/lib/postgresql/*/bin/postgres", "postgresql"),
    REDIS("redis-server", "redis-server"),
    SCRIPT("script", "bsdutils"),
    TMUX("tmux", "tmux"),
    UNSHARE("unshare", "util-linux"),
    ZSH("zsh", "zsh");

    private final String program;
    private final String debianPackage;

    Tool(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** Its name on the PATH, or a path in which a {@code *} stands for the name of one folder. */
    public String program() {
        return program;
    }

    String debianPackage() {
        return debianPackage;
    }

    public boolean isHere() throws IOException {
        return !places().isEmpty();
    }

    /** Where it is: the files that can be executed, none if it is not here. */
    List<Path> places() throws IOException {
        return places(program, requireNonNull(System.getenv("PATH")));
    }

    public static List<Path> places(String program, String path) throws IOException {
        Stream<Path> candidates = program.startsWith("/") ? matching(program) : onPath(program, path);
        return candidates
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .toList();
    }

    private static Stream<Path> onPath(String program, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, program));
    }

    private static Stream<Path> matching(String program) throws IOException {
        Path whole = Path.of(program);
        Path folder = Path.of(program.substring(0, program.indexOf('*')));
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + program);
        try (Stream<Path> all = Files.walk(folder, whole.getNameCount() - folder.getNameCount())) {
            return all.filter(matcher::matches).toList().stream();
        }
    }

    /** Why a test is skipped without it. */
    String missing() {
        return "no " + program + " here (Debian: " + debianPackage + ")";
    }
}
