// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.weave;

import io.github.sockblame.agent.instrument.hook.HookPoint;
import io.github.sockblame.agent.instrument.hook.HookedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/**
 * Weaves the advices into one class file. It is the only class that needs Byte Buddy's ASM to be loaded, and so the
 * last one to be loaded: a program that opens no socket never comes here.
 */
public final class Weaver {

    private static final String PACKAGE = "io.github.sockblame.agent.instrument.advice.";

    /** Read once for each event. Not an {@code EnumMap}, which reads the constants by reflection. */
    private final IdentityHashMap<HookedEvent, AdviceTemplate> advices = new IdentityHashMap<>();

    /** One hook, and whether the class file has its method. */
    public record Hooked(HookPoint hook, boolean found) {}

    /** A woven class file, with its hooks. */
    public static final class Woven {
        private final byte[] classFile;
        private final List<Hooked> hooks;

        Woven(byte[] classFile, List<Hooked> hooks) {
            this.classFile = classFile;
            this.hooks = hooks;
        }

        /** The bytes of the class file. */
        public byte[] classFile() {
            return classFile;
        }

        /** The hooks that the class has or should have. */
        public List<Hooked> hooks() {
            return hooks;
        }
    }

    /**
     * Weaves these hooks into a class.
     *
     * @param classFile its class file
     * @param hooks the hooks that it should have
     */
    public Woven weave(byte[] classFile, List<HookPoint> hooks) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        ClassOutline outline = ClassOutline.of(reader);
        AdviceClassVisitor advised = new AdviceClassVisitor(writer, outline);
        List<Hooked> hooked = new ArrayList<>(hooks.size());
        for (HookPoint hook : hooks) {
            String better = hook.unless();
            if (better != null && outline.declaresMethod(better)) {
                continue;
            }
            boolean found = false;
            for (ClassOutline.Method method : outline.methods()) {
                if (hook.matches(method.name(), method.descriptor())) {
                    advised.advise(method, adviceFor(hook.event()));
                    found = true;
                }
            }
            if (found || hook.isNeeded()) {
                hooked.add(new Hooked(hook, found));
            }
        }
        reader.accept(advised, ClassReader.EXPAND_FRAMES);
        return new Woven(writer.toByteArray(), hooked);
    }

    private AdviceTemplate adviceFor(HookedEvent event) {
        AdviceTemplate known = advices.get(event);
        if (known == null) {
            try {
                known = AdviceTemplate.of(nameOf(event));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            advices.put(event, known);
        }
        return known;
    }

    /** The class by its name, because a class literal would load it. */
    public static String nameOf(HookedEvent event) {
        return PACKAGE.concat(simpleNameOf(event));
    }

    private static String simpleNameOf(HookedEvent event) {
        return switch (event) {
            case OPEN -> "OpenAdvice";
            case CONNECT -> "ConnectAdvice";
            case CONNECT_UNIX -> "ConnectUnixAdvice";
            case LISTEN -> "ListenAdvice";
            case BIND -> "BindAdvice";
            case ACCEPT -> "AcceptAdvice";
            case ACCEPT_SOCKET -> "AcceptSocketAdvice";
            case ACCEPT_ASYNC -> "AcceptAsyncAdvice";
            case DESCRIPTOR_SEEN -> "DescriptorSeenAdvice";
            case DESCRIPTOR_FIELD_SEEN -> "DescriptorSeenFieldAdvice";
            case CHANNEL_CREATED -> "ChannelCreatedAdvice";
            case SOCKET_IMPL_CREATED -> "SocketImplCreatedAdvice";
            case READ -> "ReadAdvice";
            case READ_VECTOR -> "ReadVectorAdvice";
            case READ_HANDLER -> "ReadHandlerAdvice";
            case READ_TLS -> "TlsReadAdvice";
            case WRITE -> "WriteAdvice";
            case CLOSE_REQUEST -> "CloseRequestAdvice";
            case SOCKET_CLOSE_REQUEST -> "SocketCloseRequestAdvice";
            case PRE_CLOSE -> "PreCloseAdvice";
            case CLOSE -> "CloseAdvice";
            case CLASSIC_OPEN -> "ClassicOpenAdvice";
            case CLASSIC_CONNECT -> "ClassicConnectAdvice";
            case CLASSIC_READ -> "ClassicReadAdvice";
            case CLASSIC_PRE_CLOSE -> "ClassicPreCloseAdvice";
            case CLASSIC_CLOSE -> "ClassicCloseAdvice";
            case CLOSED_BY_CLEANER -> "CleanerCloseAdvice";
            case NATIVE_OPEN -> "NativeOpenAdvice";
            case NATIVE_LISTEN -> "NativeListenAdvice";
            case NATIVE_ACCEPT -> "NativeAcceptAdvice";
            case NATIVE_READ -> "NativeReadAdvice";
            case NATIVE_RECEIVE -> "NativeReceiveAdvice";
            case NATIVE_CLOSE -> "NativeCloseAdvice";
            case NATIVE_CLOSE_UNMARKED -> "NativeCloseUnmarkedAdvice";
            case IO_URING_ACCEPT -> "IoUringAcceptAdvice";
            case IO_URING_READ -> "IoUringReadAdvice";
        };
    }
}
