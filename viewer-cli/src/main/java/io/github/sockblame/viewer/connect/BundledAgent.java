// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The jar of the agent inside the jar of the viewer. */
public final class BundledAgent {

    private static final String RESOURCE = "/sockblame-agent.jar";

    private final @Nullable URL resource;
    private final @Nullable AgentJarCache cache;
    private @Nullable Path extracted;

    private BundledAgent(@Nullable URL resource, @Nullable AgentJarCache cache) {
        this.resource = resource;
        this.cache = cache;
    }

    /** The agent in the jar that this class came from. */
    public static BundledAgent ofThisJar() {
        return new BundledAgent(BundledAgent.class.getResource(RESOURCE), null);
    }

    /** An agent from another jar, with another cache. */
    static BundledAgent of(URL jar, AgentJarCache cache) {
        return new BundledAgent(jar, cache);
    }

    /** Writes the jar to a file that other JVMs can read. The file stays, because a JVM reads classes of its agent late. */
    public synchronized Path extract() throws CannotAnswerException {
        if (extracted == null) {
            if (resource == null) {
                throw new CannotAnswerException(
                        "this build of the viewer contains no agent", "build it with mvn package");
            }
            try (InputStream jar = resource.openStream()) {
                AgentJarCache target = cache == null ? AgentJarCache.ofThisUser() : cache;
                extracted = target.put(jar.readAllBytes(), version());
            } catch (IOException e) {
                throw new CannotAnswerException(
                        "cannot write the agent's jar to " + System.getProperty("java.io.tmpdir") + " ("
                                + CannotAnswerException.reason(e) + ")",
                        "use a writable folder: " + CommandHint.ofThisProcess().with("-Djava.io.tmpdir=DIR"),
                        e);
            }
        }
        return extracted;
    }

    private static String version() {
        String version = BundledAgent.class.getPackage().getImplementationVersion();
        return version == null ? "unversioned" : version;
    }
}
