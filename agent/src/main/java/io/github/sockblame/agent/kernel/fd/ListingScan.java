// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import io.github.sockblame.agent.kernel.proc.ByteDigits;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Lists {@code self/fd}, and reads each descriptor of the list. */
final class ListingScan {

    private final File folder;
    private final DescriptorReader reader;

    ListingScan(File folder, DescriptorReader reader) {
        this.folder = folder;
        this.reader = reader;
    }

    /**
     * Adds the listed descriptors that are not yet in the result.
     *
     * @return null, or the reason why there is no list
     */
    @Nullable String addTo(ScanResult result) {
        // File.list takes one descriptor and closes it before it returns; a DirectoryStream takes two.
        String[] names = folder.list();
        if (names == null) {
            return whyUnlisted();
        }
        for (String name : names) {
            long fd = ByteDigits.decimal(name);
            if (fd >= 0 && fd <= Integer.MAX_VALUE && !result.contains((int) fd)) {
                boolean unused = reader.read((int) fd, RememberedSockets.NONE, result);
            }
        }
        // the list needs a descriptor, which it would contain; the JDK takes an error of getdents64(2) for the end
        return names.length == 0 ? "empty, which it never is" : null;
    }

    private String whyUnlisted() {
        if (!folder.isDirectory()) {
            return "absent";
        }
        return "cannot be listed, " + (folder.canRead() ? "as when no file descriptor is left" : "no permission");
    }
}
