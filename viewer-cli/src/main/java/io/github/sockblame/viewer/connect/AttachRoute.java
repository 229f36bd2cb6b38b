// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.AttachRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The route by an {@link AttachRequest}: the JVM loads the jar of its agent again, with the request as argument. It needs no JMX, and no thread of the
 * agent. It loads no agent into a JVM without one.
 *
 * <p>From JDK 21 on, the JVM prints a warning for each load to the program's standard error, so the other routes come first.
 */
final class AttachRoute implements Route {

    /** As long as a call over JMX may take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final LocalProcess process;
    private final BundledAgent bundledAgent;

    AttachRoute(LocalProcess process, BundledAgent bundledAgent) {
        this.process = process;
        this.bundledAgent = bundledAgent;
    }

    @Override
    public String label() {
        return "attach";
    }

    @Override
    public String notice() {
        return "using a request by attach";
    }

    @Override
    public <T> T send(AgentRequest<T> agentRequest) throws CannotAnswerException {
        AttachRequest request = newRequest(agentRequest.verb(), agentRequest.site());
        FileRequest answer = FileRequest.to(process, request);
        byte[] bytes = answer.answer(() -> load(request));
        return agentRequest.reader().read(bytes, "the answer of " + process.name());
    }

    /** Makes a live agent register its MXBean. */
    void register() throws CannotAnswerException {
        load(newRequest(AttachRequest.Verb.REGISTER, 0));
    }

    private void load(AttachRequest request) throws CannotAnswerException {
        Path jar = bundledAgent.extract();
        boolean unused = Deadline.within(TIMEOUT, process.name(), () -> {
            try (AttachedJvm jvm = AttachedJvm.attach(process.pid())) {
                jvm.checkAgent();
                jvm.load(jar, request.argument());
                return true;
            }
        });
    }

    private static AttachRequest newRequest(AttachRequest.Verb verb, int site) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return new AttachRequest(verb, HexFormat.of().formatHex(random), site);
    }
}
