// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackCapturer;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    /** Runs inside a loader of its own, in which nothing of the ledger was loaded before. */
    public static final class Steps {

        private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
        private final FileDescriptor warm = numbers.descriptor(0);
        private final ProbeControl probe = new FakeProbe();
        private final Channel channel = new FakeChannel();

        /** The step that the engine takes before the first hook. */
        public void warmUp() {
            WarmUp.run(numbers, ConnectionAddresses.UNKNOWN, probe, warm);
        }

        /** What the hooks will do. */
        public void live() {
            Ledger ledger = new Ledger(
                    numbers, ConnectionAddresses.UNKNOWN, probe, null, new StackCapturer(StackCapturer.UNLIMITED));
            FileDescriptor listener = numbers.descriptor(5);
            FileDescriptor fd = numbers.descriptor(6);
            ledger.opened(listener);
            ledger.accepted(listener, fd);
            ledger.descriptorSeen(fd);
            ledger.descriptorSeen(numbers.descriptor(7));
            ledger.asyncReadStarting(channel, numbers.descriptor(8), this);
            ledger.eofRead(fd);
            ledger.closeRequested(fd, true);
            ledger.preClosing(fd);
            ledger.closed(fd);
        }
    }

    @Test
    void afterItNoHookLoadsAClass() throws Exception {
        try (Recorder loader = new Recorder()) {
            Class<?> type = loader.loadClass(Steps.class.getName());
            Object steps = type.getConstructor().newInstance();
            type.getMethod("warmUp").invoke(steps);
            assertThat(loader.loaded).contains(CapturedEvent.class.getName(), TrackedSocket.class.getName());

            loader.loaded.clear();
            type.getMethod("live").invoke(steps);
            assertThat(loader.loaded).isEmpty();
        }
    }

    /** Loads the packages of ledger and stacks anew, and says what it was asked for. */
    private static final class Recorder extends URLClassLoader {

        private static final Pattern OURS = Pattern.compile("io\\.github\\.sockblame\\.agent\\.(ledger|capture)\\..*");

        final List<String> loaded = new ArrayList<>();

        Recorder() {
            super(new URL[0], WarmUpTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            loaded.add(name);
            if (!OURS.matcher(name).matches() || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
