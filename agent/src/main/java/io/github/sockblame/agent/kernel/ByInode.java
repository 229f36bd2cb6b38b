// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was found of some inodes: a map in which no number has an object of its own. */
public final class ByInode<R> extends AbstractMap<Long, R> {

    private final Inodes inodes;
    private final @Nullable Object[] found; // by place

    ByInode(Inodes inodes) {
        this.inodes = inodes;
        this.found = new Object[inodes.places()];
    }

    /** The same as another map has it. */
    public static <R> ByInode<R> of(Map<Long, R> byInode) {
        ByInode<R> all = new ByInode<>(new Inodes(byInode.keySet()));
        byInode.forEach((inode, what) -> all.setAt(all.inodes.placeOf(inode), what));
        return all;
    }

    /** Notes what was found of the inode at this place of the set, instead of what was found before. */
    void setAt(int place, R what) {
        found[place] = what;
    }

    /** What was found of this inode; null if nothing was. */
    @SuppressWarnings("unchecked") // only such are put there
    public @Nullable R at(long inode) {
        int place = inodes.placeOf(inode);
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
            R what = at(inodes.at(place));
            if (what != null) {
                all.put(inodes.at(place), what);
            }
        }
        return all.entrySet();
    }
}
