// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The code for an error that comes out of the call of the probe. The probe catches its own errors. So this one is an
 * error of the call itself, usually a full stack, or it was thrown into the thread from outside, and the agent may not
 * catch it (docs/decisions/0012).
 */
public final class ErrorHandlerCode {

    private static final String PROBE = SocketProbe.class.getName().replace('.', '/');
    private static final String COUNT = "droppedEvents";
    private static final String STOP = "java.lang.ThreadDeath";
    private static final boolean STOP_EXISTS = stopExists();

    private ErrorHandlerCode() {}

    private static boolean stopExists() {
        try {
            return Class.forName(STOP, false, null) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Loads the types that the error code names by this loader, as the JVM would do after an error. */
    public static boolean areTypesKnownTo(ClassLoader loader) throws ClassNotFoundException {
        return !STOP_EXISTS || Class.forName(STOP, false, loader) != null;
    }

    /**
     * Counts without a call, because another call would also fail at the end of the stack.
     *
     * @param locals the entries for the variables in the frames there
     */
    static void write(MethodVisitor code, Object[] locals) {
        if (STOP_EXISTS) {
            Label ours = new Label();
            code.visitInsn(Opcodes.DUP);
            code.visitTypeInsn(Opcodes.INSTANCEOF, STOP.replace('.', '/'));
            code.visitJumpInsn(Opcodes.IFEQ, ours);
            code.visitInsn(Opcodes.ATHROW);
            code.visitLabel(ours);
            code.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        }
        code.visitInsn(Opcodes.POP);
        code.visitFieldInsn(Opcodes.GETSTATIC, PROBE, COUNT, "I");
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IADD);
        code.visitFieldInsn(Opcodes.PUTSTATIC, PROBE, COUNT, "I");
    }
}
