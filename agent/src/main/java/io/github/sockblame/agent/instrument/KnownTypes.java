// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.pool.TypePool;

/**
 * The types that a class file names: they are read only if more than the name is asked for, as far as they are found, and of the others the
 * name is enough. So the program's class loader is not asked for the superclass of a class that it is about to define. No frame is computed from these types, and
 * no member is looked for in them.
 */
final class KnownTypes extends TypePool.Default.WithLazyResolution {

    KnownTypes(ClassFileLocator locator) {
        super(new CacheProvider.Simple(), locator, ReaderMode.FAST);
    }

    @Override
    protected Resolution doResolve(String name) {
        Resolution known = super.doResolve(name);
        return known.isResolved() ? known : new Resolution.Simple(named(name));
    }

    /** A public class of which only the name is known. */
    static TypeDescription named(String name) {
        return InstrumentedType.Default.of(
                name, TypeDescription.Generic.OfNonGenericType.ForLoadedType.of(Object.class), Visibility.PUBLIC);
    }
}
