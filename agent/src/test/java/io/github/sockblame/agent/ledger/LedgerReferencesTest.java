// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.AwaitGc;
import java.io.FileDescriptor;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.SocketImpl;
import org.junit.jupiter.api.Test;

/** What the ledger keeps alive: nothing of the program's. */
class LedgerReferencesTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void keepsNoDescriptorAlive() {
        WeakReference<FileDescriptor> listener = new WeakReference<>(openListener());

        assertThat(AwaitGc.isCollected(listener)).isTrue();
        assertThat(view.at(7)).isNotNull();
    }

    private FileDescriptor openListener() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.descriptorSeen(fd);
        ledger.accepted(fd, numbers.descriptor(8));
        ledger.asyncReadStarting(new FakeChannel(), fd, this);
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        ledger.preClosing(fd);
        return fd;
    }

    @Test
    void keepsNoHandlerAlive() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        WeakReference<Object> handler = new WeakReference<>(readFor(fd));

        assertThat(AwaitGc.isCollected(handler)).isTrue();
        assertThat(requireNonNull(view.at(7)).eof()).isNotNull();
    }

    private Object readFor(FileDescriptor fd) {
        Object handler = new Object();
        ledger.asyncReadStarting(new FakeChannel(), fd, handler);
        ledger.eofRead(fd);
        return handler;
    }

    @Test
    void keepsNoSocketAlive() {
        WeakReference<SocketImpl> socket = new WeakReference<>(acceptedSocket());

        assertThat(AwaitGc.isCollected(socket)).isTrue();
        assertThat(requireNonNull(view.at(9)).isAccepted()).isTrue();
    }

    private SocketImpl acceptedSocket() {
        FileDescriptor connection = numbers.descriptor(9);
        ledger.descriptorSeen(connection);
        SocketImpl impl = numbers.socket(connection);
        ledger.accepted(numbers.descriptor(8), impl);
        return impl;
    }

    @Test
    void keepsTheClassesOfAStackOnlyUntilItIsResolved() throws Exception {
        WeakReference<ClassLoader> webApp = new WeakReference<>(openFromAnotherLoader());

        assertThat(AwaitGc.isKept(webApp)).as("the unresolved stack pins them").isTrue();
        view.resolveStacksBefore(Long.MAX_VALUE);
        assertThat(AwaitGc.isCollected(webApp)).isTrue();
        assertThat(requireNonNull(requireNonNull(view.at(7)).opened()).stack().frames())
                .extracting(StackTraceElement::getClassName)
                .contains(Opening.class.getName());
    }

    private ClassLoader openFromAnotherLoader() throws Exception {
        FileDescriptor fd = numbers.descriptor(7);
        ClassLoader loader = new WebAppLoader();
        Class<?> opening = loader.loadClass(Opening.class.getName());
        assertThat(opening.getClassLoader()).isSameAs(loader);
        Runnable open = (Runnable)
                opening.getConstructor(Ledger.class, FileDescriptor.class).newInstance(ledger, fd);
        open.run();
        return loader;
    }

    /** The program's code: opens, and is loaded by a loader of its own. */
    public static final class Opening implements Runnable {

        private final Ledger ledger;
        private final FileDescriptor fd;

        public Opening(Ledger ledger, FileDescriptor fd) {
            this.ledger = ledger;
            this.fd = fd;
        }

        @Override
        public void run() {
            ledger.opened(fd);
            ledger.eofRead(fd);
            ledger.closeRequested(fd, true);
        }
    }

    private static final class WebAppLoader extends ClassLoader {

        WebAppLoader() {
            super(LedgerReferencesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Opening.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
