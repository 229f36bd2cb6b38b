// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;

/**
 * The types of one copy of Netty, by name alone: beside {@code io.netty.} there are copies under other names, such as gRPC's
 * {@code io.grpc.netty.shaded.io.netty.}.
 */
final class NettyTypes {

    private static final String CHANNEL_PACKAGES = "netty.channel.";

    private final String prefix;

    private NettyTypes(String prefix) {
        this.prefix = prefix;
    }

    /** The copy that this class is of. */
    static NettyTypes around(TypeDescription type) {
        String name = type.getName();
        return new NettyTypes(name.substring(0, name.lastIndexOf(CHANNEL_PACKAGES) + CHANNEL_PACKAGES.length()));
    }

    boolean isDescriptor(TypeDescription type) {
        return type.getName().startsWith(prefix + "unix.");
    }

    /** {@code int FileDescriptor.intValue()}. */
    MethodDescription.InDefinedShape numberOfDescriptor() {
        return method(named("unix.FileDescriptor"), "intValue", TypeDescription.ForLoadedType.of(int.class));
    }

    /** {@code boolean FileDescriptor.isOpen()}. */
    MethodDescription.InDefinedShape isDescriptorOpen() {
        return method(named("unix.FileDescriptor"), "isOpen", TypeDescription.ForLoadedType.of(boolean.class));
    }

    /** {@code FileDescriptor AbstractIoUringChannel.fd()}. */
    MethodDescription.InDefinedShape fdOfChannel() {
        return method(named("uring.AbstractIoUringChannel"), "fd", named("unix.FileDescriptor"));
    }

    private TypeDescription named(String name) {
        return KnownTypes.named(prefix + name);
    }

    private static MethodDescription.InDefinedShape method(TypeDescription owner, String name, TypeDescription result) {
        return new MethodDescription.Latent(
                owner, new MethodDescription.Token(name, Visibility.PUBLIC.getMask(), result.asGenericType()));
    }
}
