// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The JVMs that procfs shows. The JDK lists a JVM only by its performance data in {@code /tmp}. That is missing with {@code
 * -XX:-UsePerfData}, and in a {@code /tmp} of the JVM's own.
 */
final class ProcfsJvms {

    private final Path proc;
    private final int ownUid;

    /**
     * The JVMs below this folder, {@code /proc} outside of tests.
     *
     * @param ownUid the user of the viewer
     */
    ProcfsJvms(Path proc, int ownUid) {
        this.proc = proc;
        this.ownUid = ownUid;
    }

    /** The JVMs of this user, or of all users for root, in no order. It takes no signal to a process. */
    List<Jvm> listWithout(Set<Long> known) {
        List<Jvm> jvms = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path folder : folders) {
                String name = String.valueOf(folder.getFileName());
                if (TargetResolver.DIGITS.matcher(name).matches() && !known.contains(Long.valueOf(name))) {
                    addIfJvm(LocalProcess.of(Long.parseLong(name), proc, ownUid), jvms);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // procfs is absent or hidden, and then the list of the JDK is all there is
        }
        return jvms;
    }

    private static void addIfJvm(LocalProcess process, List<Jvm> jvms) {
        try {
            // the cheap checks first, because the maps of a process may be long
            if (!process.isPermitted()) {
                return;
            }
            List<String> arguments = process.arguments();
            if (!String.join("", arguments).isEmpty() && JvmSigns.hasLibrary(process.folder())) {
                jvms.add(new Jvm(process.pid(), JvmName.of(arguments)));
            }
        } catch (IOException e) {
            // it has ended, or its maps are unreadable
        }
    }
}
