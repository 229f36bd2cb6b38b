// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sockblame.agent.instrument.hook.NettyHookTable;
import io.github.sockblame.agent.instrument.weave.Weaver;
import io.github.sockblame.probe.SocketListener;
import io.github.sockblame.probe.SocketProbe;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weaves the class files of released versions of Netty, which the build has copied here, and lets the JVM verify the result. */
class NettyWeavingTest {

    private static final String UNIX = "io.netty.channel.unix.";
    private static final String RING = "io.netty.channel.uring.";

    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void deafen() {
        SocketProbe.setListener(SocketListener.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.48.Final, markClosed recv recvAddress",
        "4.1.60.Final, close recv recvAddress",
        "4.1.137.Final, close",
        "4.2.17.Final, close"
    })
    void everyVersionHasItsHooksAndStaysVerifiable(String version, String absent) throws Exception {
        WovenNetty netty = new WovenNetty(version);
        List<String> expected =
                new ArrayList<>(List.of("<init>", "listen", "accept", "recv", "recvAddress", "read", "readAddress"));
        expected.addAll(List.of("markClosed", "close"));
        expected.removeAll(Arrays.asList(absent.split(" ", -1)));

        // asking for the methods links the class, and linking verifies it
        assertThat(netty.loadClass(UNIX + "Socket").getDeclaredMethods()).isNotEmpty();
        assertThat(netty.loadClass(UNIX + "FileDescriptor").getDeclaredMethods())
                .isNotEmpty();
        assertThat(netty.hooked).allSatisfy(one -> assertThat(one.found()).isTrue());
        assertThat(netty.hooked)
                .extracting(one -> one.hook().methodName().replaceFirst(".*\\.", ""))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1.48.Final", "4.1.60.Final", "4.1.137.Final", "4.2.17.Final"})
    void closeIsRecordedOnceBeforeNativeCall(String version) throws Exception {
        Class<?> type = new WovenNetty(version).loadClass(UNIX + "FileDescriptor");
        Object descriptor = type.getConstructor(int.class).newInstance(4711);
        Method close = type.getMethod("close");
        SocketProbe.setListener(recording());

        Throwable first = catchThrowable(() -> close.invoke(descriptor));
        assertThat(first).isInstanceOf(InvocationTargetException.class).hasCauseInstanceOf(UnsatisfiedLinkError.class);
        assertThat(heard).containsExactly("nativeClosed[4711]");
        close.invoke(descriptor);
        assertThat(heard).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1.48.Final", "4.1.60.Final", "4.1.137.Final", "4.2.17.Final"})
    void onlyTheStopOfTheThreadComesOutOfAHook(String version) throws Exception {
        Class<?> type = new WovenNetty(version).loadClass(UNIX + "FileDescriptor");
        Constructor<?> newDescriptor = type.getConstructor(int.class);
        Method close = type.getMethod("close");
        SocketProbe.setListener(throwing(new StackOverflowError("deep")));
        Object first = newDescriptor.newInstance(4711);
        assertThatThrownBy(() -> close.invoke(first))
                .as("went on to the native close")
                .hasCauseInstanceOf(UnsatisfiedLinkError.class);

        ThreadDeath stop = new ThreadDeath();
        SocketProbe.setListener(throwing(stop));
        Object second = newDescriptor.newInstance(4711);
        assertThatThrownBy(() -> close.invoke(second)).hasCause(stop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.0.Final", "4.2.17.Final"})
    void theRingsMethodsAreThere(String version) throws Exception {
        for (String name : List.of("IoUringServerSocketChannel", "AbstractIoUringStreamChannel$IoUringStreamUnsafe")) {
            byte[] classFile = new WovenNetty(version).classFile(RING + name);
            String internalName = (RING + name).replace('.', '/');
            Weaver.Woven woven = new Weaver().weave(classFile, NettyHookTable.hooksOf(internalName));
            assertThat(woven.hooks())
                    .singleElement()
                    .satisfies(one -> assertThat(one.found()).isTrue());
            assertThat(woven.classFile()).isNotEqualTo(classFile);
        }
    }

    private SocketListener recording() {
        return listener((proxy, method, arguments) -> {
            heard.add(method.getName() + Arrays.toString(arguments));
            return null;
        });
    }

    private static SocketListener throwing(Error error) {
        return listener((proxy, method, arguments) -> {
            throw error;
        });
    }

    private static SocketListener listener(InvocationHandler handler) {
        return (SocketListener) Proxy.newProxyInstance(
                SocketListener.class.getClassLoader(), new Class<?>[] {SocketListener.class}, handler);
    }

    /** A copy of Netty in which what is hooked is woven. */
    private static final class WovenNetty extends ClassLoader {
        private final List<Weaver.Hooked> hooked = new ArrayList<>();
        private final Map<String, byte[]> classFiles = new HashMap<>();

        WovenNetty(String version) throws IOException {
            super(NettyWeavingTest.class.getClassLoader());
            Path folder = Path.of("target", "netty", version);
            try (var jars = Files.list(folder)) {
                for (Path jar : jars.toList()) {
                    read(jar);
                }
            }
            assertThat(classFiles).as("class files under %s", folder).isNotEmpty();
        }

        private void read(Path jar) throws IOException {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (var entry : file.stream().toList()) {
                    String name = entry.getName();
                    if (name.startsWith("io/netty/") && name.endsWith(".class")) {
                        try (InputStream in = file.getInputStream(entry)) {
                            classFiles.put(name.substring(0, name.length() - 6), in.readAllBytes());
                        }
                    }
                }
            }
        }

        byte[] classFile(String name) throws ClassNotFoundException {
            byte[] classFile = classFiles.get(name.replace('.', '/'));
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            return classFile;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] classFile = classFile(name);
            String internalName = name.replace('.', '/');
            if (SocketTransformer.isOfNetty(internalName)) {
                Weaver.Woven woven = new Weaver().weave(classFile, NettyHookTable.hooksOf(internalName));
                hooked.addAll(woven.hooks());
                classFile = woven.classFile();
            }
            return defineClass(name, classFile, 0, classFile.length);
        }
    }
}
