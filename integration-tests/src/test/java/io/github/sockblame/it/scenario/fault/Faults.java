// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes the agent fail from inside, if there is one: something else hears what its hooks tell. */
final class Faults {

    private final Class<?> probe;
    private final Class<?> listenerType;
    private final Object agents;

    private Faults(Class<?> probe) throws ReflectiveOperationException {
        this.probe = probe;
        listenerType = Class.forName("io.github.sockblame.probe.SocketListener", true, null);
        Field listener = probe.getDeclaredField("listener");
        listener.setAccessible(true);
        agents = listener.get(null);
    }

    /** Those of this JVM, in which sockets were used before; null without the agent. */
    static @Nullable Faults ofAgent() throws ReflectiveOperationException {
        try {
            return new Faults(Class.forName("io.github.sockblame.probe.SocketProbe", true, null));
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Every event from now on throws this. */
    void inject(Error error) throws ReflectiveOperationException {
        inject((proxy, method, arguments) -> {
            throw error;
        });
    }

    /** Every event from now on does this. */
    void inject(InvocationHandler event) throws ReflectiveOperationException {
        set(Proxy.newProxyInstance(Faults.class.getClassLoader(), new Class<?>[] {listenerType}, event));
    }

    /** The agent hears again. */
    void end() throws ReflectiveOperationException {
        set(agents);
    }

    private void set(Object listener) throws ReflectiveOperationException {
        probe.getMethod("setListener", listenerType).invoke(null, listener);
    }
}
