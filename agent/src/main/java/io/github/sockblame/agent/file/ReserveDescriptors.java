// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;

/**
 * A few file descriptors that are held for the moment in which there are no others: given up one by one, so that a file can be opened then.
 * The program's threads want them too, and may be faster.
 *
 * <p>Not for two threads at once.
 */
public final class ReserveDescriptors {

    private static final File DEV_NULL = new File("/dev/null");

    private final int most;
    private final List<RandomAccessFile> held = new ArrayList<>();
    private boolean ended;

    /** So many at the most; none yet. */
    public ReserveDescriptors(int most) {
        this.most = most;
    }

    /** Something that takes a descriptor. */
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws IOException;
    }

    /** Takes as many as are to be held, or as many as can be had. Harmless to call again. */
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
                // its number is free all the same
            }
        }
    }

    /** How many are held now. */
    int held() {
        return held.size();
    }

    /**
     * Tries it, and once more with each descriptor that is given up for it. Afterwards the others are taken back, if they can be had.
     *
     * @throws IOException as the last try says
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
