// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A few file descriptors in reserve for the moment in which there are no others. They are given up one by one, so that
 * a file can be opened then. The program's threads need them as well, and may be faster.
 *
 * <p>Not for two threads at once.
 */
public final class ReserveDescriptors {

    private static final File DEV_NULL = new File("/dev/null");

    private final int most;
    private final List<RandomAccessFile> held = new ArrayList<>();
    private boolean ended;

    /** Holds at most so many; none yet. */
    public ReserveDescriptors(int most) {
        this.most = most;
    }

    /** An action that takes a descriptor. */
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws IOException;
    }

    /** Takes as many as are wanted, or as many as the process can get. May be called again. */
    public void fill() {
        try {
            while (!ended && held.size() < most) {
                held.add(new RandomAccessFile(DEV_NULL, "r"));
            }
        } catch (IOException e) {
            // the next time there may be more
        }
    }

    /** Gives all of them up for good. */
    public void end() {
        ended = true;
        while (!held.isEmpty()) {
            try {
                held.remove(held.size() - 1).close();
            } catch (IOException e) {
                // its number is free in any case
            }
        }
    }

    /** The number of descriptors in reserve now. */
    int held() {
        return held.size();
    }

    /**
     * Runs the action, and again with each descriptor that is given up for it. Afterwards it takes the others back, if
     * it can get them.
     *
     * @throws IOException of the last try
     */
    public <T> T withReserve(Opening<T> opening) throws IOException {
        while (true) {
            try {
                T opened = opening.open();
                fill();
                return opened;
            } catch (IOException e) {
                if (held.isEmpty()) {
                    fill();
                    throw e;
                }
                held.remove(held.size() - 1).close();
            }
        }
    }
}
