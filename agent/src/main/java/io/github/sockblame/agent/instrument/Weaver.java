// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the advices into one class file. The only class that needs Byte Buddy to be loaded, and so the last to be: a
 * program that opens no socket never comes here.
 */
final class Weaver {

    private final ClassFileLocator agent = ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());
    private final ClassFileLocator boot = ClassFileLocator.ForClassLoader.ofBootLoader();
    private final KnownTypes ofAgent = new KnownTypes(agent);

    /** Made once for each event, and not for each method. Not an {@code EnumMap}, which asks for the constants by reflection. */
    private final IdentityHashMap<HookedEvent, Advice> advices = new IdentityHashMap<>();

    /** One hook and whether the class file had its method. */
    record Hooked(HookPoint hook, boolean found) {}

    /** A woven class file, and which hooks are in it. */
    static final class Woven {
        private final byte[] classFile;
        private final List<Hooked> hooks;

        Woven(byte[] classFile, List<Hooked> hooks) {
            this.classFile = classFile;
            this.hooks = hooks;
        }

        byte[] classFile() {
            return classFile;
        }

        List<Hooked> hooks() {
            return hooks;
        }
    }

    /**
     * Weaves these hooks into a class.
     *
     * @param name binary name of the class
     * @param classFile its class file
     * @param hooks the hooks that it should have
     */
    Woven weave(String name, byte[] classFile, List<HookPoint> hooks) {
        KnownTypes types =
                new KnownTypes(new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, classFile), boot));
        TypeDescription type = types.describe(name).resolve();
        ClassReader reader = OpenedClassReader.of(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        AdvisedClass advised = new AdvisedClass(writer, ClassFileVersion.ofClassFile(classFile), type, types);
        List<Hooked> hooked = new ArrayList<>(hooks.size());
        for (HookPoint hook : hooks) {
            if (hook.unless() != null && declares(type, hook.unless())) {
                continue;
            }
            boolean found = false;
            for (MethodDescription method : type.getDeclaredMethods()) {
                if (hook.matches(method.getInternalName(), method.getDescriptor())) {
                    advised.add(method, adviceFor(hook.event()));
                    found = true;
                }
            }
            if (found || hook.isNeeded()) {
                hooked.add(new Hooked(hook, found));
            }
        }
        reader.accept(advised, 0);
        return new Woven(writer.toByteArray(), hooked);
    }

    private static boolean declares(TypeDescription type, @Nullable String name) {
        for (MethodDescription method : type.getDeclaredMethods()) {
            if (method.getInternalName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Advice adviceFor(HookedEvent event) {
        Advice known = advices.get(event);
        if (known == null) {
            known = Advice.withCustomMapping()
                    .bind(DescriptorNumber.Mapping.FACTORY)
                    .bind(StillOpen.Mapping.FACTORY)
                    .to(ofAgent.describe(classOf(event).getName()).resolve(), agent)
                    .withExceptionHandler(Suppression.OF_OUR_OWN_ERRORS);
            advices.put(event, known);
        }
        return known;
    }

    private static Class<?> classOf(HookedEvent event) {
        return switch (event) {
            case OPEN -> OpenAdvice.class;
            case LISTEN -> ListenAdvice.class;
            case BIND -> BindAdvice.class;
            case ACCEPT -> AcceptAdvice.class;
            case ACCEPT_SOCKET -> AcceptSocketAdvice.class;
            case ACCEPT_ASYNC -> AcceptAsyncAdvice.class;
            case PASS -> PassAdvice.class;
            case PASS_FIELD -> PassFieldAdvice.class;
            case OWNER -> OwnerAdvice.class;
            case IMPLEMENTATION -> ImplementationAdvice.class;
            case READ -> ReadAdvice.class;
            case READ_VECTOR -> ReadVectorAdvice.class;
            case READ_HANDLER -> ReadHandlerAdvice.class;
            case READ_TLS -> TlsReadAdvice.class;
            case WRITE -> WriteAdvice.class;
            case CLOSING -> ClosingAdvice.class;
            case CLOSING_SOCKET -> ClosingSocketAdvice.class;
            case PRE_CLOSE -> PreCloseAdvice.class;
            case CLOSE -> CloseAdvice.class;
            case CLASSIC_OPEN -> ClassicOpenAdvice.class;
            case CLASSIC_READ -> ClassicReadAdvice.class;
            case CLASSIC_PRE_CLOSE -> ClassicPreCloseAdvice.class;
            case CLASSIC_CLOSE -> ClassicCloseAdvice.class;
            case COLLECTED -> CollectedAdvice.class;
            case NATIVE_OPEN -> NativeOpenAdvice.class;
            case NATIVE_LISTEN -> NativeListenAdvice.class;
            case NATIVE_ACCEPT -> NativeAcceptAdvice.class;
            case NATIVE_READ -> NativeReadAdvice.class;
            case NATIVE_RECEIVE -> NativeReceiveAdvice.class;
            case NATIVE_CLOSE -> NativeCloseAdvice.class;
            case NATIVE_CLOSE_UNMARKED -> NativeCloseUnmarkedAdvice.class;
            case RING_ACCEPT -> RingAcceptAdvice.class;
            case RING_READ -> RingReadAdvice.class;
        };
    }
}
