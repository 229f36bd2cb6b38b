// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One hooked method. Compared by identity, so that no hash of a record is linked while the program loads a class. */
public final class HookPoint {

    private final String owner;
    private final String method;
    private final List<String> descriptors;
    private final int since;
    private final int until;
    private final HookedEvent event;
    private final boolean needed;
    private final @Nullable String unless;

    /**
     * A hook.
     *
     * @param owner internal name of the class
     * @param method name of the method
     * @param since first JDK that has it
     * @param until last JDK that has it
     * @param event the event that the hook sends
     * @param descriptors its descriptor, one for each form in the JDKs; a JDK has exactly one of them. None stands for
     *     every method of that name
     */
    public HookPoint(String owner, String method, int since, int until, HookedEvent event, String... descriptors) {
        this(owner, method, since, until, event, List.of(descriptors), true, null);
    }

    private HookPoint(
            String owner,
            String method,
            int since,
            int until,
            HookedEvent event,
            List<String> descriptors,
            boolean needed,
            @Nullable String unless) {
        this.owner = owner;
        this.method = method;
        this.since = since;
        this.until = until;
        this.event = event;
        this.descriptors = descriptors;
        this.needed = needed;
        this.unless = unless;
    }

    /** The same for a method that some versions of the library lack: its absence is no fault. */
    public HookPoint optional() {
        return new HookPoint(owner, method, since, until, event, descriptors, false, unless);
    }

    /** The same, but only if the class lacks this other method, which is the better place. */
    HookPoint unless(String otherMethod) {
        return new HookPoint(owner, method, since, until, event, descriptors, needed, otherMethod);
    }

    /** The same method of another class. */
    HookPoint forClass(String otherOwner) {
        return new HookPoint(otherOwner, method, since, until, event, descriptors, needed, unless);
    }

    /** Internal name of the class. */
    public String owner() {
        return owner;
    }

    /** {@code sun.nio.ch.Net}. */
    public String ownerName() {
        return owner.replace('/', '.');
    }

    /** The event that the hook sends. */
    public HookedEvent event() {
        return event;
    }

    /** {@code sun.nio.ch.Net.socket}. */
    public String methodName() {
        return ownerName() + '.' + method;
    }

    /** Returns whether the absence of the method is a fault. */
    public boolean isNeeded() {
        return needed;
    }

    /** The method whose presence makes this hook superfluous; null if there is none. */
    public @Nullable String unless() {
        return unless;
    }

    boolean appliesTo(int feature) {
        return since <= feature && feature <= until;
    }

    /** Returns whether the hook is for a method of this name and descriptor. */
    public boolean matches(String name, String descriptor) {
        return method.equals(name) && (descriptors.isEmpty() || descriptors.contains(descriptor));
    }
}
