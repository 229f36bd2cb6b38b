// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The agent's jar, which travels inside the viewer's. */
public final class BundledAgent {

    private static final String RESOURCE = "/sockblame-agent.jar";

    private final @Nullable URL resource;
    private final @Nullable AgentJarCache shelf;
    private @Nullable Path placed;

    private BundledAgent(@Nullable URL resource, @Nullable AgentJarCache shelf) {
        this.resource = resource;
        this.shelf = shelf;
    }

    /** The agent in the jar that this class came from. */
    public static BundledAgent ofThisJar() {
        return new BundledAgent(BundledAgent.class.getResource(RESOURCE), null);
    }

    /** An agent from elsewhere, to lie elsewhere. */
    static BundledAgent of(URL jar, AgentJarCache shelf) {
        return new BundledAgent(jar, shelf);
    }

    /** A file of its own for the jar, which other JVMs can read and which stays, for a JVM reads its agent's jar late. */
    public synchronized Path extract() throws CannotAnswerException {
        if (placed == null) {
            if (resource == null) {
                throw new CannotAnswerException(
                        "this build of the viewer carries no agent", "build it with: mvn package");
            }
            try (InputStream jar = resource.openStream()) {
                AgentJarCache place = shelf == null ? AgentJarCache.ofThisUser() : shelf;
                placed = place.put(jar.readAllBytes(), version());
            } catch (IOException e) {
                throw new CannotAnswerException(
                        "cannot write the agent's jar to " + System.getProperty("java.io.tmpdir") + " ("
                                + CannotAnswerException.reason(e) + ")",
                        "name a writable folder: " + CommandHint.ofThisProcess().with("-Djava.io.tmpdir=DIR"),
                        e);
            }
        }
        return placed;
    }

    private static String version() {
        String version = BundledAgent.class.getPackage().getImplementationVersion();
        return version == null ? "unversioned" : version;
    }
}
