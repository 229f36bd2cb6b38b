// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import java.io.File;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the descriptors that were open when the agent started, files and folders excepted. With them an inherited socket differs from one
 * that native code opens before the first hook, as JDK 17 does for its first file channel.
 *
 * <p>Only numbers, because to read the links loads many classes, and a program without sockets does not need them.
 */
public final class InitialDescriptors {

    private static final InitialDescriptors ALL = new InitialDescriptors(null);

    private final @Nullable BitSet numbers;

    private InitialDescriptors(@Nullable BitSet numbers) {
        this.numbers = numbers;
    }

    /** For an agent that comes late: all sockets that are open at its start were opened before it. */
    public static InitialDescriptors all() {
        return ALL;
    }

    /**
     * The numbers in this folder.
     *
     * @param folder {@code /proc/self/fd} outside of tests; if it cannot be listed, the answer is {@link #all}
     */
    public static InitialDescriptors in(File folder) {
        String[] names = folder.list();
        if (names == null) {
            return ALL;
        }
        BitSet numbers = new BitSet();
        for (String name : names) {
            File target = new File(folder, name);
            // the listing's own descriptor is closed by now; the number of a file may soon be another's
            if (target.exists() && !target.isFile() && !target.isDirectory()) {
                numbers.set(Integer.parseInt(name));
            }
        }
        return new InitialDescriptors(numbers);
    }

    /** Returns whether this descriptor was open, and no file or folder. */
    public boolean contains(int fd) {
        return numbers == null || numbers.get(fd);
    }
}
