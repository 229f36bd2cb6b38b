// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The descriptor behind {@code this} in a class of Netty: a socket, a channel or an object inside a channel. The code
 * calls the same public methods as Netty itself. It names their types without a lookup, because the class loader of the
 * class that is being woven is the program's. Beside {@code io.netty.} there are copies under other names, such as
 * gRPC's {@code io.grpc.netty.shaded.io.netty.}.
 */
public final class NettyDescriptor {

    private static final String CHANNEL_PACKAGES = "netty/channel/";
    private static final String OUTER = "this$0";

    private final ClassOutline type;
    private final String packages;
    private final String descriptor;

    private NettyDescriptor(ClassOutline type) {
        this.type = type;
        this.packages = type.name().substring(0, type.name().lastIndexOf(CHANNEL_PACKAGES) + CHANNEL_PACKAGES.length());
        this.descriptor = packages.concat("unix/FileDescriptor");
    }

    public static NettyDescriptor of(ClassOutline type) {
        return new NettyDescriptor(type);
    }

    /** Writes {@code FileDescriptor.intValue()}. */
    public void loadNumber(MethodVisitor code) {
        load(code);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, descriptor, "intValue", "()I", false);
    }

    /** Writes {@code FileDescriptor.isOpen()}. */
    public void loadOpen(MethodVisitor code) {
        load(code);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, descriptor, "isOpen", "()Z", false);
    }

    private void load(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        if (type.name().startsWith(packages.concat("unix/"))) {
            return;
        }
        if (type.name().indexOf('$') >= 0) {
            ClassOutline.Field outer = type.field(OUTER);
            code.visitFieldInsn(Opcodes.GETFIELD, outer.owner(), OUTER, outer.descriptor());
        }
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                packages.concat("uring/AbstractIoUringChannel"),
                "fd",
                "()L".concat(descriptor).concat(";"),
                false);
    }
}
