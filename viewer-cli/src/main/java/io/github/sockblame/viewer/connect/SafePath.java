// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.FileStat;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The check that only root and the caller can replace a folder or a folder above it.
 *
 * <p>A JVM opens the agent's jar by its path. So no other user may be able to change what this path leads to, from the root of the file system on.
 */
final class SafePath {

    private SafePath() {}

    /**
     * The real path of a folder, without links.
     *
     * @param uid the caller
     * @throws CannotAnswerException if another user can replace it, or a folder above it
     */
    static Path of(Path folder, int uid) throws IOException, CannotAnswerException {
        Path real = folder.toRealPath();
        int rootUid = FileStat.rootUid(real.getFileSystem());
        for (Path each = real; each != null; each = each.getParent()) {
            if (!FileStat.of(each, LinkOption.NOFOLLOW_LINKS).isSafeFolderFor(uid, rootUid)) {
                throw new CannotAnswerException(
                        "other users can replace files in " + each + ", and the JVM would run them",
                        "use a folder that only you or root can change, or one with the sticky bit: "
                                + CommandHint.ofThisProcess().with("-Djava.io.tmpdir=DIR"));
            }
        }
        return real;
    }
}
