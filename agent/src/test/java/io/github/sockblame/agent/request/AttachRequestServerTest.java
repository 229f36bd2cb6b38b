// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.AttachRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachRequestServerTest {

    private static final AttachRequest DETACH = request(AttachRequest.Verb.DETACH);

    @TempDir
    Path folder = Path.of("");

    private final List<String> calls = new ArrayList<>();

    @Test
    void liveAgentAnswersIntoTheFile() throws Exception {
        Path file = place("rw-------");
        answer(DETACH, new Live());

        assertThat(file).hasContent("detached");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
    }

    @Test
    void jvmWithoutLiveAgentRefuses() throws Exception {
        Path file = place("rw-------");
        answer(request(AttachRequest.Verb.REPORT), null);

        assertThat(file).hasContent("cannot answer: no agent is live in this JVM");
    }

    @Test
    void operationWithoutFileForItsAnswerDoesNotRun() throws Exception {
        answer(DETACH, new Live());
        place("rw-r--r--");
        answer(DETACH, new Live());

        assertThat(calls).isEmpty();
    }

    @Test
    void failureIsTheAnswer() throws Exception {
        Path file = place("rw-------");
        answer(request(AttachRequest.Verb.SUMMARY), new Live());

        assertThat(file).content().startsWith("cannot answer: java.lang.UnsupportedOperationException");
    }

    @Test
    void registrationNeedsNoFile() {
        answer(request(AttachRequest.Verb.REGISTER), new Live());
        answer(request(AttachRequest.Verb.REGISTER), null);

        assertThat(calls).containsExactly("register");
    }

    private final class Live implements AttachOperations {
        @Override
        public ReportService reports() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void register() {
            calls.add("register");
        }

        @Override
        public String detach() {
            calls.add("detach");
            return "detached";
        }
    }

    private void answer(AttachRequest request, @Nullable AttachOperations agent) {
        AttachRequestServer.answer(
                request,
                agent,
                new RequestFileHandler(folder, "asked", Path.of("/proc/self"), new ReserveDescriptors(0)));
    }

    private Path place(String mode) throws IOException {
        Path file = Files.createFile(folder.resolve("asked"));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static AttachRequest request(AttachRequest.Verb verb) {
        return new AttachRequest(verb, "0123456789abcdef", 0);
    }
}
