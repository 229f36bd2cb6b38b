// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.program;

import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.culprit.ProgramEvidence;
import io.github.sockblame.agent.instrument.OwnPermissions;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.ProgramPackageSource;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the loaded classes for those of the program, by the place that they come from. It calls no code of the
 * program, and reads the names of the program's classes alone.
 *
 * <p>A report needs it just before it is made, so that a stack has the same culprit from the first report on. The watch
 * thread needs it for the culprits of closes.
 */
public final class ProgramScanner {

    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private static final int MOST_PACKAGES = 16_384;

    private final Supplier<Class<?>[]> loadedClasses;
    private final CulpritFinder culprits;
    private @Nullable String mainClass;
    private long pause = FIRST_PAUSE;
    private long next;
    private boolean started;

    /**
     * Looks for the program's classes among these.
     *
     * @param loadedClasses the classes that are loaded now
     * @param culprits receives the packages of the program, unless the user has named them
     */
    public ProgramScanner(Supplier<Class<?>[]> loadedClasses, CulpritFinder culprits) {
        this.loadedClasses = loadedClasses;
        this.culprits = culprits;
    }

    /** Reads the name of the main class now, because later there may be no descriptor left. */
    public void readMainClass() {
        if (culprits.needsInference()) {
            setMainClass(MainClass.read());
        }
    }

    synchronized void setMainClass(@Nullable String name) {
        mainClass = name == null || culprits.isLauncher(name) ? null : name;
        culprits.inferProgram(new ProgramEvidence(mainClass, Map.of(), Set.of()));
    }

    /** Looks through the classes if the last time is long enough ago; the pauses become longer. */
    public synchronized void scanIfDue(long nanos) {
        if (!started || nanos - next >= 0) {
            started = true;
            next = nanos + pause;
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
            scan();
        }
    }

    /** Looks through the classes that are loaded now. A failure leaves the earlier result. */
    public synchronized void scan() {
        if (!culprits.needsInference() || OwnPermissions.isSandboxed()) {
            return; // a security manager of the program would be called for each class
        }
        try {
            culprits.inferProgram(evidence(loadedClasses.get()));
        } catch (Throwable t) {
            InternalErrors.count(t);
        }
    }

    private ProgramEvidence evidence(Class<?>[] classes) {
        IdentityHashMap<ProtectionDomain, ClassPlace> places = new IdentityHashMap<>();
        IdentityHashMap<ProtectionDomain, Set<String>> inFolders = new IdentityHashMap<>();
        Map<String, ProgramPackageSource> placed = new HashMap<>();
        Set<String> unplaced = new HashSet<>();
        ClassLoader ofPlatform = ClassLoader.getPlatformClassLoader();
        ProtectionDomain ofMain = null;
        for (Class<?> type : classes) {
            ClassLoader loader = type.getClassLoader();
            if (loader == null || loader == ofPlatform || type.isArray()) {
                continue;
            }
            ProtectionDomain domain = type.getProtectionDomain();
            ClassPlace place = places.computeIfAbsent(domain, ClassPlace::of);
            if (place == ClassPlace.ARCHIVE || placed.size() + unplaced.size() > MOST_PACKAGES) {
                continue;
            }
            ProgramPackageSource source = place.source();
            if (source == null) {
                if (!CulpritFinder.isGenerated(type.getName())) {
                    unplaced.add(type.getPackageName());
                }
            } else if (place == ClassPlace.FOLDER) {
                inFolders.computeIfAbsent(domain, key -> new HashSet<>()).add(nameOf(type));
                ofMain = type.getName().equals(mainClass) ? domain : ofMain;
            } else {
                placed.put(nameOf(type), source);
            }
        }
        for (Map.Entry<ProtectionDomain, Set<String>> folder : inFolders.entrySet()) {
            boolean hasMain =
                    folder.getKey() == ofMain; // then it may have libraries too, beside the root of the main class
            for (String name : folder.getValue()) {
                if (!hasMain || name.indexOf('.') < 0) {
                    placed.putIfAbsent(name, ProgramPackageSource.FOLDER);
                }
            }
        }
        unplaced.removeAll(placed.keySet());
        return new ProgramEvidence(mainClass, placed, unplaced);
    }

    /** Its package, or without one its outermost class. */
    private static String nameOf(Class<?> type) {
        if (!type.getPackageName().isEmpty()) {
            return type.getPackageName();
        }
        int nested = type.getName().indexOf('$', 1);
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }
}
