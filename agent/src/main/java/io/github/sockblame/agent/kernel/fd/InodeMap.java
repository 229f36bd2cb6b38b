// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values by inode: a map in which no number has an object of its own. */
public final class InodeMap<R> extends AbstractMap<Long, R> {

    private final InodeSet inodeSet;
    private final @Nullable Object[] found; // by place

    /** Has a place for a value of each inode of the set. */
    public InodeMap(InodeSet inodeSet) {
        this.inodeSet = inodeSet;
        this.found = new Object[inodeSet.places()];
    }

    /** Sets the value of the inode at this place of the set. */
    public void setAt(int place, R value) {
        found[place] = value;
    }

    /** The value of this inode; null if there is none. */
    @SuppressWarnings("unchecked") // only such are put there
    public @Nullable R at(long inode) {
        int place = inodeSet.placeOf(inode);
        return place < 0 ? null : (R) found[place];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable R get(@Nullable Object key) {
        return key instanceof Long inode ? at(inode) : null;
    }

    /** A copy. */
    @Override
    public Set<Entry<Long, R>> entrySet() {
        Map<Long, R> all = new HashMap<>();
        for (int place = 0; place < found.length; place++) {
            long inode = inodeSet.at(place);
            R value = at(inode);
            if (value != null) {
                all.put(inode, value);
            }
        }
        return all.entrySet();
    }
}
