// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** The declarations of a class file: methods and fields. No class loader of the program is called for more. */
public final class ClassOutline extends ClassVisitor {

    private final String name;
    private final @Nullable String superName;
    private final List<Method> methods = new ArrayList<>();
    private final Map<String, String> descriptorsOfFields = new HashMap<>();

    /** A method by its name and descriptor. */
    static final class Method {
        private final String name;
        private final String descriptor;

        Method(String name, String descriptor) {
            this.name = name;
            this.descriptor = descriptor;
        }

        String name() {
            return name;
        }

        String descriptor() {
            return descriptor;
        }
    }

    /** A field, and the class that declares it. */
    static final class Field {
        private final String owner;
        private final String descriptor;

        Field(String owner, String descriptor) {
            this.owner = owner;
            this.descriptor = descriptor;
        }

        String owner() {
            return owner;
        }

        String descriptor() {
            return descriptor;
        }
    }

    private ClassOutline(ClassReader classFile) {
        super(Opcodes.ASM9);
        this.name = classFile.getClassName();
        this.superName = classFile.getSuperName();
    }

    public static ClassOutline of(ClassReader classFile) {
        ClassOutline outline = new ClassOutline(classFile);
        classFile.accept(outline, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return outline;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        methods.add(new Method(method, descriptor));
        return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        descriptorsOfFields.put(field, descriptor);
        return null;
    }

    /** Internal name. */
    String name() {
        return name;
    }

    List<Method> methods() {
        return methods;
    }

    boolean declaresMethod(String method) {
        for (Method declared : methods) {
            if (declared.name.equals(method)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A field of this class, or of the JDK classes that it extends.
     *
     * @throws IllegalStateException if there is none of this name
     */
    Field field(String field) {
        ClassOutline declaring = this;
        for (; ; ) {
            String descriptor = declaring.descriptorsOfFields.get(field);
            if (descriptor != null) {
                return new Field(declaring.name, descriptor);
            }
            declaring = declaring.ofSuperclass();
            if (declaring == null) {
                throw new IllegalStateException(name.concat(" has no field ").concat(field));
            }
        }
    }

    /** Read as a file, because a lookup of the class would load it now. */
    private @Nullable ClassOutline ofSuperclass() {
        if (superName == null) {
            return null;
        }
        try (InputStream file = Object.class.getResourceAsStream('/' + superName + ".class")) {
            return file == null ? null : of(new ClassReader(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
