// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.ProgramPackageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The packages of the program, named by the user or inferred. */
final class ProgramPackages {

    /** A user cannot read more of them, and a program has no more roots. */
    private static final int MOST = 256;

    private final List<ProgramPackage> packages;
    private final PackageSet names;
    private final Set<String> unplaced;

    private ProgramPackages(Map<String, ProgramPackageSource> sources, Set<String> unplaced) {
        this.names = new PackageSet(sources.keySet());
        this.unplaced = unplaced;
        List<ProgramPackage> all = new ArrayList<>();
        for (String name : names.names()) {
            all.add(new ProgramPackage(name, sources.getOrDefault(name, ProgramPackageSource.OPTION)));
        }
        this.packages = List.copyOf(all);
    }

    /** Those that the user names. */
    static ProgramPackages named(List<String> names) {
        Map<String, ProgramPackageSource> sources = new TreeMap<>();
        for (String name : names) {
            sources.put(name, ProgramPackageSource.OPTION);
        }
        return new ProgramPackages(sources, Set.of());
    }

    /**
     * Infers them. The main class of a launcher shows nothing. A package of a listed library is the program's if its main
     * class is in it, or if its classes are where a web application or a Spring Boot jar has its own. In another folder
     * it may be a library whose archive was unpacked.
     */
    static ProgramPackages infer(ProgramEvidence evidence, PackageSet libraries, PackageSet launchers) {
        Map<String, ProgramPackageSource> sources = new TreeMap<>();
        String main = evidence.mainClass();
        if (main != null && !launchers.matches(main)) {
            String ofMain = packageOf(main);
            sources.put(ofMain.isEmpty() ? main : PackageRoot.of(ofMain, libraries), ProgramPackageSource.MAIN_CLASS);
        }
        for (Map.Entry<String, ProgramPackageSource> placed : evidence.placed().entrySet()) {
            String name = placed.getKey();
            boolean mayBeUnpacked = placed.getValue() == ProgramPackageSource.FOLDER && libraries.matches(name);
            if (!name.isEmpty() && !mayBeUnpacked && sources.size() < MOST) {
                sources.merge(PackageRoot.of(name, libraries), placed.getValue(), ProgramPackages::better);
            }
        }
        return new ProgramPackages(sources, evidence.unplaced());
    }

    private static ProgramPackageSource better(ProgramPackageSource one, ProgramPackageSource other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static String packageOf(String className) {
        int end = className.lastIndexOf('.');
        return end < 0 ? "" : className.substring(0, end);
    }

    List<ProgramPackage> packages() {
        return packages;
    }

    boolean matches(String className) {
        return names.matches(className);
    }

    /** Returns whether the class may come from no file. */
    boolean isUnplaced(String className) {
        return unplaced.contains(packageOf(className));
    }
}
