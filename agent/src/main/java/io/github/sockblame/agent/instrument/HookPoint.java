// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.util.List;

/** One JDK method that is hooked. Compared by identity, so that no hash of a record is linked while the program loads a class. */
final class HookPoint {

    private final String owner;
    private final String method;
    private final List<String> descriptors;
    private final int since;
    private final int until;
    private final HookedEvent event;

    /**
     * A hook.
     *
     * @param owner internal name of the class
     * @param method name of the method
     * @param since first JDK that has it
     * @param until last JDK that has it
     * @param event what is seen there
     * @param descriptors its descriptor, one for each form that it had over the JDKs; a JDK has exactly one of them. None
     *     stands for every method of that name
     */
    HookPoint(String owner, String method, int since, int until, HookedEvent event, String... descriptors) {
        this.owner = owner;
        this.method = method;
        this.since = since;
        this.until = until;
        this.event = event;
        this.descriptors = List.of(descriptors);
    }

    String owner() {
        return owner;
    }

    /** {@code sun.nio.ch.Net}. */
    String ownerName() {
        return owner.replace('/', '.');
    }

    HookedEvent event() {
        return event;
    }

    /** {@code sun.nio.ch.Net.socket}. */
    String methodName() {
        return ownerName() + '.' + method;
    }

    boolean isIn(int feature) {
        return since <= feature && feature <= until;
    }

    boolean matches(String name, String descriptor) {
        return method.equals(name) && (descriptors.isEmpty() || descriptors.contains(descriptor));
    }
}
