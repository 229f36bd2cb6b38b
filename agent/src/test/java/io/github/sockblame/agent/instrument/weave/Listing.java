// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The code of a method, line by line: instructions, frames, handlers, line numbers. Places are told by counting instructions. Casts are left out,
 * and not counted.
 */
public final class Listing extends MethodVisitor {

    private final List<Object[]> instructions = new ArrayList<>();
    private final Map<Label, Integer> places = new HashMap<>();
    private final List<String> frames = new ArrayList<>();
    private final List<Object[]> handlers = new ArrayList<>();
    private final List<Object[]> lineNumbers = new ArrayList<>();

    private Listing() {
        super(Opcodes.ASM9);
    }

    /** The listing of each method of a class file. */
    public static SortedMap<String, List<String>> of(byte[] classFile) {
        Map<String, Listing> listings = new HashMap<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                Listing listing = new Listing();
                                listings.put(name + descriptor, listing);
                                return listing;
                            }
                        },
                        ClassReader.EXPAND_FRAMES);
        SortedMap<String, List<String>> lines = new TreeMap<>();
        listings.forEach((method, listing) -> lines.put(method, listing.lines()));
        return lines;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            lines.add(i + ": " + words(instructions.get(i)));
        }
        lines.addAll(frames);
        handlers.stream().map(this::words).sorted().forEach(lines::add);
        lineNumbers.stream().map(this::words).sorted().forEach(lines::add);
        return lines;
    }

    private String words(Object[] parts) {
        StringBuilder words = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof Object[] more) {
                words.append('[').append(words(more)).append(']');
            } else {
                words.append(part instanceof Label ? places.get(part) : part);
            }
            words.append(' ');
        }
        return words.toString();
    }

    private void add(Object... instruction) {
        instructions.add(instruction);
    }

    @Override
    public void visitLabel(Label label) {
        places.put(label, instructions.size());
    }

    @Override
    public void visitFrame(int kind, int localCount, Object[] locals, int stackCount, Object[] stack) {
        frames.add("frame at " + instructions.size() + ": " + shown(localCount, locals) + shown(stackCount, stack));
    }

    private static List<Object> shown(int count, Object[] types) {
        return Arrays.stream(types, 0, count)
                .map(type -> type instanceof Label ? "new" : type)
                .toList();
    }

    @Override
    public void visitTryCatchBlock(Label from, Label to, Label handler, @Nullable String type) {
        handlers.add(new Object[] {"handler", from, to, handler, "" + type});
    }

    @Override
    public void visitLineNumber(int line, Label at) {
        lineNumbers.add(new Object[] {"line", line, "at", at});
    }

    @Override
    public void visitInsn(int opcode) {
        add(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        add(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        add(opcode, slot);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode != Opcodes.CHECKCAST) {
            add(opcode, type);
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        add(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        add(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        add(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        add(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
        add("ldc", value);
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        add("iinc", slot, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        add("tableswitch", min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        add("lookupswitch", otherwise, Arrays.toString(keys), labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        add("multianewarray", descriptor, dimensions);
    }
}
