// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A parameter of an advice: its type, and the meaning that its annotation gives it. */
final class AdviceParameter {

    private final Type type;
    private final int slot;
    private Source source = Source.NONE;
    private int index;
    private String field = "";

    /** The source of its value. */
    enum Source {
        NONE,
        THIS,
        ARGUMENT,
        FIELD,
        RESULT,
        THROWN,
        DESCRIPTOR_NUMBER,
        STILL_OPEN
    }

    private AdviceParameter(Type type, int slot) {
        this.type = type;
        this.slot = slot;
    }

    /** The parameters of a static method of this descriptor. */
    static AdviceParameter[] allOf(String descriptor) {
        Type[] types = Type.getArgumentTypes(descriptor);
        AdviceParameter[] parameters = new AdviceParameter[types.length];
        int slot = 0;
        for (int i = 0; i < types.length; i++) {
            parameters[i] = new AdviceParameter(types[i], slot);
            slot += types[i].getSize();
        }
        return parameters;
    }

    /** Takes the source from this annotation, and its value from the visited one. */
    AnnotationVisitor bind(String annotation) {
        source = sourceOf(annotation.substring(Math.max(annotation.lastIndexOf('/'), annotation.lastIndexOf('$')) + 1));
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String name, Object value) {
                if (value instanceof Integer number) {
                    index = number;
                } else if (value instanceof String text) {
                    field = text;
                }
                if (!name.equals("value")) {
                    throw new IllegalArgumentException("unsupported in an advice's parameter: ".concat(name));
                }
            }
        };
    }

    private static Source sourceOf(String simpleName) {
        return switch (simpleName) {
            case "This;" -> Source.THIS;
            case "Argument;" -> Source.ARGUMENT;
            case "FieldValue;" -> Source.FIELD;
            case "Return;" -> Source.RESULT;
            case "Thrown;" -> Source.THROWN;
            case "DescriptorNumber;" -> Source.DESCRIPTOR_NUMBER;
            case "DescriptorOpen;" -> Source.STILL_OPEN;
            default -> throw new IllegalArgumentException("unsupported in an advice's parameter: ".concat(simpleName));
        };
    }

    boolean isLoadedBy(int opcode, int ofSlot) {
        return slot == ofSlot && type.getOpcode(Opcodes.ILOAD) == opcode;
    }

    Type type() {
        return type;
    }

    Source source() {
        return source;
    }

    /** The index of an argument, from 0 on. */
    int index() {
        return index;
    }

    /** The name of a field. */
    String field() {
        return field;
    }
}
