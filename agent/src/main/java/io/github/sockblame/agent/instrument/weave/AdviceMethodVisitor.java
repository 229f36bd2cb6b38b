// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Copies a method and adds an advice to it. Its frames have to come expanded, and stay so. */
abstract class AdviceMethodVisitor extends MethodVisitor implements AdviceTemplate.Arguments {

    private static final Object[] NO_VALUES = {};
    static final String ERROR = "java/lang/Throwable";

    /** The stack that the handler of errors needs. */
    private static final int STACK_OF_HANDLER = 2;

    private final AdviceTemplate advice;
    private final ClassOutline type;
    private final boolean isStatic;
    private final Type[] arguments;
    private final Type result;
    private final int argumentsSize;

    AdviceMethodVisitor(MethodVisitor next, AdviceTemplate advice, ClassOutline type, int access, String descriptor) {
        super(Opcodes.ASM9, next);
        this.advice = advice;
        this.type = type;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.arguments = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.argumentsSize = (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - (isStatic ? 1 : 0);
    }

    AdviceTemplate advice() {
        return advice;
    }

    boolean isStatic() {
        return isStatic;
    }

    Type result() {
        return result;
    }

    /** The number of slots of {@code this} and the arguments. */
    int argumentsSize() {
        return argumentsSize;
    }

    /** Copies {@code this} and the arguments to the slots after them. */
    void copyArguments() {
        int slot = 0;
        if (!isStatic) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitVarInsn(Opcodes.ASTORE, argumentsSize);
            slot = 1;
        }
        for (Type argument : arguments) {
            mv.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
            mv.visitVarInsn(argument.getOpcode(Opcodes.ISTORE), argumentsSize + slot);
            slot += argument.getSize();
        }
    }

    /** Writes the advice, and after it the handler of its errors. The stack is empty before and after. */
    void writeAdvice(Object[] locals) {
        Label begin = new Label();
        Label handler = new Label();
        Label end = new Label();
        mv.visitTryCatchBlock(begin, handler, handler, ERROR);
        mv.visitLabel(begin);
        advice.write(mv, this);
        mv.visitJumpInsn(Opcodes.GOTO, end);
        mv.visitLabel(handler);
        frame(locals, ERROR);
        ErrorHandlerCode.write(mv, locals);
        mv.visitLabel(end);
        frame(locals);
    }

    /** The stack that the advice needs, in addition to the method. */
    int maxStack(int ofMethod) {
        return Math.max(Math.max(ofMethod, STACK_OF_HANDLER), advice.maxStack() + 1);
    }

    @Override
    public void load(AdviceParameter parameter) {
        switch (parameter.source()) {
            case THIS -> {
                loadThis();
                convert(Type.getObjectType(type.name()), parameter.type());
            }
            case ARGUMENT -> loadArgument(parameter);
            case FIELD -> {
                ClassOutline.Field field = type.field(parameter.field());
                loadThis();
                mv.visitFieldInsn(Opcodes.GETFIELD, field.owner(), parameter.field(), field.descriptor());
                convert(Type.getType(field.descriptor()), parameter.type());
            }
            case DESCRIPTOR_NUMBER -> NettyDescriptor.of(type).loadNumber(mv);
            case STILL_OPEN -> NettyDescriptor.of(type).loadOpen(mv);
            default -> throw new IllegalArgumentException("there is none before a method has run");
        }
    }

    private void loadThis() {
        if (isStatic) {
            throw new IllegalArgumentException("a static method has no object");
        }
        mv.visitVarInsn(Opcodes.ALOAD, 0);
    }

    private void loadArgument(AdviceParameter parameter) {
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < parameter.index(); i++) {
            slot += arguments[i].getSize();
        }
        Type argument = arguments[parameter.index()];
        mv.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
        convert(argument, parameter.type());
    }

    /**
     * Converts the value on the stack to the parameter of the advice. A reference of another type is cast, and its
     * class is not looked up. The class is about to be loaded, so no class loader may be called for it, and the JVM
     * does not verify the JDK's classes.
     */
    void convert(Type from, Type to) {
        if (from.equals(to)) {
            return;
        }
        if (from.getSort() < Type.ARRAY || to.getSort() < Type.ARRAY) {
            throw new IllegalArgumentException("the advice takes no ".concat(from.getDescriptor()));
        }
        if (!to.getInternalName().equals("java/lang/Object")) {
            mv.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }

    void frame(Object[] locals) {
        mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, NO_VALUES);
    }

    void frame(Object[] locals, Object onStack) {
        mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {onStack});
    }

    /**
     * The frame's entries for {@code this}, the arguments and these variables after them.
     *
     * @param self of {@code this}, which a constructor may not have initialized yet
     */
    Object[] locals(Object self, Object... more) {
        int first = isStatic ? 0 : 1;
        Object[] locals = new Object[first + arguments.length + more.length];
        if (!isStatic) {
            locals[0] = self;
        }
        for (int i = 0; i < arguments.length; i++) {
            locals[first + i] = inFrame(arguments[i]);
        }
        System.arraycopy(more, 0, locals, first + arguments.length, more.length);
        return locals;
    }

    /** The frame's entry for {@code this} once it is initialized. */
    Object self() {
        return type.name();
    }

    static Object inFrame(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.ARRAY, Type.OBJECT -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }
}
