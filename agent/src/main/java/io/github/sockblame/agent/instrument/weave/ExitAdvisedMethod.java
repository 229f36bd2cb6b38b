// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/**
 * A method with its advice at the end: a return becomes a jump to the advice. If the advice needs the original
 * arguments, the method works on copies of them, and its other variables move up.
 */
final class ExitAdvisedMethod extends AdviceMethodVisitor {

    private final boolean constructor;
    private final Label begin = new Label();
    private final Label end = new Label();

    /** By how much the method's own variables have moved. */
    private final int shift;

    /** The slot of the result when the advice runs, and after it the slot of the exception. */
    private final int resultSlot;

    private final int thrownSlot;

    ExitAdvisedMethod(
            MethodVisitor next, AdviceTemplate advice, ClassOutline type, int access, String name, String descriptor) {
        super(next, advice, type, access, descriptor);
        this.constructor = name.equals("<init>");
        this.shift = advice.isOnOriginalArguments() ? argumentsSize() : 0;
        this.resultSlot = argumentsSize();
        this.thrownSlot = resultSlot + result().getSize();
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (shift > 0) {
            copyArguments();
            Object self = constructor ? Opcodes.UNINITIALIZED_THIS : self();
            frame(locals(self, locals(self)));
        }
        super.visitInsn(Opcodes.NOP); // there may be no other before the frame with which the method begins
        super.visitLabel(begin);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        super.visitVarInsn(opcode, slot + shift);
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        super.visitIincInsn(slot + shift, increment);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            super.visitJumpInsn(Opcodes.GOTO, end);
        } else {
            super.visitInsn(opcode);
        }
    }

    @Override
    public void visitFrame(
            int kind, int localCount, Object @Nullable [] ofMethod, int stackCount, Object @Nullable [] stack) {
        if (shift == 0 || ofMethod == null) {
            super.visitFrame(kind, localCount, ofMethod, stackCount, stack);
            return;
        }
        Object[] moved = new Object[localCount];
        System.arraycopy(ofMethod, 0, moved, 0, localCount);
        boolean early = localCount > 0 && ofMethod[0] == Opcodes.UNINITIALIZED_THIS;
        Object[] all = locals(early ? Opcodes.UNINITIALIZED_THIS : self(), moved);
        super.visitFrame(kind, all.length, all, stackCount, stack);
    }

    @Override
    public void visitLocalVariable(
            String name, String descriptor, @Nullable String signature, Label from, Label to, int slot) {
        super.visitLocalVariable(name, descriptor, signature, from, to, inDebugger(slot));
    }

    @Override
    public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
            int typeReference,
            @Nullable TypePath path,
            Label[] from,
            Label[] to,
            int[] slots,
            String descriptor,
            boolean visible) {
        int[] moved = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            moved[i] = inDebugger(slots[i]);
        }
        return super.visitLocalVariableAnnotation(typeReference, path, from, to, moved, descriptor, visible);
    }

    /**
     * The slot at which a debugger finds a variable. For {@code this} it expects the usual slot, which is unchanged.
     */
    private int inDebugger(int slot) {
        return slot == 0 && !isStatic() ? 0 : slot + shift;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitLabel(end);
        Object[] locals = storeResult();
        String caught = advice().caught();
        if (caught == null) {
            writeAdvice(locals);
        } else {
            locals = storeThrown(caught);
            writeAdvice(locals);
            rethrow(locals);
        }
        if (hasResult()) {
            super.visitVarInsn(result().getOpcode(Opcodes.ILOAD), resultSlot);
        }
        super.visitInsn(result().getOpcode(Opcodes.IRETURN));
        super.visitMaxs(maxStack(maxStack), Math.max(maxLocals + shift, thrownSlot + 1));
    }

    private boolean hasResult() {
        return result().getSort() != Type.VOID;
    }

    /** Moves the result from the stack into its slot. */
    private Object[] storeResult() {
        if (!hasResult()) {
            Object[] locals = locals(self());
            frame(locals);
            return locals;
        }
        frame(locals(self()), inFrame(result()));
        super.visitVarInsn(result().getOpcode(Opcodes.ISTORE), resultSlot);
        Object[] locals = locals(self(), inFrame(result()));
        if (advice().caught() == null) {
            frame(locals);
        }
        return locals;
    }

    /**
     * Runs the advice after an exception as well: it then gets the exception and no result, and otherwise the result
     * and no exception.
     */
    private Object[] storeThrown(String exception) {
        Label handler = new Label();
        Label join = new Label();
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, thrownSlot);
        super.visitJumpInsn(Opcodes.GOTO, join);
        super.visitTryCatchBlock(begin, end, handler, exception); // the last, so that the method's own have precedence
        super.visitLabel(handler);
        frame(locals(self()), ERROR);
        super.visitVarInsn(Opcodes.ASTORE, thrownSlot);
        if (hasResult()) {
            writeNoResult();
            super.visitVarInsn(result().getOpcode(Opcodes.ISTORE), resultSlot);
        }
        super.visitLabel(join);
        Object[] locals = hasResult() ? locals(self(), inFrame(result()), ERROR) : locals(self(), ERROR);
        frame(locals);
        return locals;
    }

    private void writeNoResult() {
        switch (result().getSort()) {
            case Type.LONG -> super.visitInsn(Opcodes.LCONST_0);
            case Type.FLOAT -> super.visitInsn(Opcodes.FCONST_0);
            case Type.DOUBLE -> super.visitInsn(Opcodes.DCONST_0);
            case Type.ARRAY, Type.OBJECT -> super.visitInsn(Opcodes.ACONST_NULL);
            default -> super.visitInsn(Opcodes.ICONST_0);
        }
    }

    private void rethrow(Object[] locals) {
        Label returning = new Label();
        super.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        super.visitJumpInsn(Opcodes.IFNULL, returning);
        super.visitVarInsn(Opcodes.ALOAD, thrownSlot);
        super.visitInsn(Opcodes.ATHROW);
        super.visitLabel(returning);
        frame(locals);
    }

    @Override
    public void load(AdviceParameter parameter) {
        switch (parameter.source()) {
            case RESULT -> {
                super.visitVarInsn(result().getOpcode(Opcodes.ILOAD), resultSlot);
                convert(result(), parameter.type());
            }
            case THROWN -> super.visitVarInsn(Opcodes.ALOAD, thrownSlot);
            default -> super.load(parameter);
        }
    }
}
