// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.AttachRequest;
import io.github.sockblame.report.ProcessStart;
import io.github.sockblame.report.SockblameMXBean;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.GZIPOutputStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Behaves towards a viewer as the agent does, and watches nothing. */
public final class FakeAgent implements SockblameMXBean {

    public static final String VERSION = "0.0-fake";

    /** The agent option with which it fails at once. */
    public static final String FAIL = "fail=true";

    /** The agent option with which it does nothing, as on a Java that is too old. */
    public static final String DISABLED = "verbose=false";

    private static boolean started;

    /** A jar whose manifest names this class, which the JVM then finds on its own class path. */
    public static URL jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", FakeAgent.class.getName());
        manifest.getMainAttributes().putValue("Agent-Class", FakeAgent.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, VERSION);
        Path jar = folder.resolve("sockblame-agent-fake.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar.toUri().toURL();
    }

    /** Registers nothing yet: the viewer must wake it. */
    public static void premain(@Nullable String options) {
        started = true;
        try {
            System.setProperty(
                    ProcessStart.PROPERTY, ProcessStart.read("/proc/self/stat").text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("io.github.sockblame.version", VERSION);
        System.setProperty("io.github.sockblame.status", FAIL.equals(options) ? "failed: for the test" : "watching");
    }

    public static void agentmain(@Nullable String options) throws JMException {
        if (DISABLED.equals(options)) {
            return;
        }
        boolean request = options != null && options.startsWith(AttachRequest.PREFIX);
        if (!started && !request) {
            premain(options);
        }
        if (started && "watching".equals(System.getProperty("io.github.sockblame.status"))) {
            register();
        }
    }

    static void register() throws JMException {
        ObjectName name = new ObjectName(OBJECT_NAME);
        if (!ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
            ManagementFactory.getPlatformMBeanServer().registerMBean(new FakeAgent(), name);
        }
    }

    @Override
    public String getVersion() {
        return VERSION;
    }

    @Override
    public Map<String, Integer> getTrackedByState() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Integer> getSocketsByState() {
        return Map.of();
    }

    @Override
    public int getTracked() {
        return 1;
    }

    @Override
    public int getUntracked() {
        return 0;
    }

    @Override
    public int getLeaked() {
        return 1;
    }

    @Override
    public long getOpenFileDescriptors() {
        return -1;
    }

    @Override
    public long getMaxFileDescriptors() {
        return -1;
    }

    @Override
    public String getHookStatus() {
        return "complete";
    }

    @Override
    public List<String> getHooks() {
        return List.of();
    }

    @Override
    public long getInternalErrors() {
        return 0;
    }

    @Override
    public List<String> getLastUsePlaces() {
        return List.of();
    }

    @Override
    public String watch(int site) {
        if (site != 1) {
            throw new IllegalArgumentException("no site " + site + " in the latest report");
        }
        return "records the last use of connections opened at Shop.pay";
    }

    @Override
    public String unwatch(int site) {
        return "stopped recording the last use of connections opened at Shop.pay";
    }

    @Override
    public String reportText() {
        return "";
    }

    @Override
    public String reportJson() {
        String failure = System.getProperty("fake.broken");
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return System.getProperty("fake.json", ReportJson.write(Reports.leaky()));
    }

    @Override
    public byte[][] reportParts() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(reportJson().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] file = bytes.toByteArray();
        int half = file.length / 2;
        return new byte[][] {Arrays.copyOf(file, half), Arrays.copyOfRange(file, half, file.length)};
    }

    @Override
    public String summaryJson() {
        try {
            return ReportJson.write(ReportJson.read(reportJson()).withoutSockets());
        } catch (ReportFormatException e) {
            return reportJson(); // garbage is what the test wants
        }
    }

    @Override
    public String writeReport(String fileName) {
        throw new IllegalArgumentException("no dump.dir");
    }

    @Override
    public String detach() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(OBJECT_NAME));
        } catch (JMException e) {
            return "detached; but the MXBean is left (" + e + ")";
        }
        started = false;
        System.clearProperty(ProcessStart.PROPERTY);
        System.clearProperty("io.github.sockblame.version");
        System.clearProperty("io.github.sockblame.status");
        return "detached: the hooks were removed from 0 classes";
    }
}
