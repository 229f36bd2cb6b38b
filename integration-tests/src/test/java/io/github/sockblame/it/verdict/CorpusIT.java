// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.GeneratedDocument;
import io.github.sockblame.it.docs.LastTest;
import io.github.sockblame.it.docs.NewDocuments;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.ServerProcess;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.corpus.ApacheClient4;
import io.github.sockblame.it.scenario.corpus.ApacheClient5;
import io.github.sockblame.it.scenario.corpus.JdkClients;
import io.github.sockblame.it.scenario.corpus.JettyServer;
import io.github.sockblame.it.scenario.corpus.NettyNio;
import io.github.sockblame.it.scenario.corpus.OkHttp;
import io.github.sockblame.it.scenario.corpus.PostgresClients;
import io.github.sockblame.it.scenario.corpus.RedisClients;
import io.github.sockblame.it.scenario.corpus.TomcatServer;
import io.github.sockblame.it.scenario.corpus.UndertowServer;
import io.github.sockblame.it.verdict.CorpusCase.Outcome;
import io.github.sockblame.report.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real libraries, used to leak and used properly: every leak is named with the right frame, and no proper use is accused. */
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorpusIT {

    private static final String PROGRAMS = Peer.class.getPackageName() + ".";

    private static final GeneratedDocument DOCUMENT = new GeneratedDocument("corpus", "Corpus", "corpus");

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    private static final CorpusTable TABLE = new CorpusTable(KnownDifferences.ALL);

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            classes = {
                JdkClients.class,
                ApacheClient4.class,
                ApacheClient5.class,
                OkHttp.class,
                NettyNio.class,
                JettyServer.class,
                UndertowServer.class
            })
    void reportNamesEveryLeakAndAccusesNoProperUse(Class<?> program) throws Exception {
        play(program);
    }

    @Test
    void tomcat() throws Exception {
        play(TomcatServer.class, TestEnvironment.newFolder("tomcat").toString());
    }

    @Test
    void clientsOfRedis() throws Exception {
        Requires.tool(Tool.REDIS);
        try (ServerProcess server = ServerProcess.redis()) {
            play(RedisClients.class, server.portText());
        }
    }

    @Test
    void clientsOfPostgres() throws Exception {
        Requires.tool(Tool.POSTGRES);
        try (ServerProcess server = ServerProcess.postgres()) {
            play(PostgresClients.class, server.portText());
        }
    }

    private static void play(Class<?> program, String... arguments) throws Exception {
        try (TargetProcess target = TargetJvm.of(TargetJdks.all().get(0), program)
                .carrying(TestEnvironment.jars("corpus"))
                .arguments(arguments)
                .watched("grace=200ms")
                .start()) {
            target.awaitCheckpoint("standing");
            List<CorpusCase> cases = CorpusCase.printedIn(target.printed());
            assertThat(cases).as("cases of %s", program.getSimpleName()).isNotEmpty();
            ReportView report = judged(target, cases);

            List<Outcome> outcomes = cases.stream().map(one -> one.in(report)).toList();
            TABLE.add(outcomes);
            assertThat(report.report().sockets())
                    .as("leaks of no case")
                    .noneMatch(socket ->
                            socket.verdict().isLeak() && cases.stream().noneMatch(one -> one.has(socket)));
            assertThat(report.report().stacks())
                    .extracting(Stack::culpritFrame)
                    .as("culprit frames of the program alone, never of a library")
                    .allMatch(frame -> frame == null || frame.className().startsWith(PROGRAMS));
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.asExpected())
                    .as("not as expected")
                    .allMatch(outcome ->
                            KnownDifferences.ALL.containsKey(outcome.of().name()));
            assertThat(outcomes)
                    .filteredOn(outcome ->
                            KnownDifferences.ALL.containsKey(outcome.of().name()))
                    .as("known to differ, and now as expected: take it off the list")
                    .noneMatch(Outcome::asExpected);
        }
    }

    private static ReportView judged(TargetProcess target, List<CorpusCase> cases) throws Exception {
        return Await.value(
                "a verdict on each case",
                () -> Optional.of(target.report())
                        .filter(report -> cases.stream().allMatch(one -> one.hasVerdicts(report))));
    }

    @LastTest
    void tableEqualsPublishedOne() throws Exception {
        KnownDifferences.ALL.forEach((which, why) -> System.out.println("KNOWN DIFFERENCE: " + which + ": " + why));
        boolean whole = TESTS.skipped().isEmpty();
        if (whole) {
            assertThat(TABLE.names())
                    .as("cases, among them those that are known to differ")
                    .containsAll(KnownDifferences.ALL.keySet());
        }
        NewDocuments made = NewDocuments.ofThisRun();
        made.write(Map.of(DOCUMENT.file(), DOCUMENT.text(TABLE.lines())), TESTS);
        if (made.publishing()) {
            return;
        }
        List<String> published = DOCUMENT.published();
        if (whole) {
            assertThat(published).as(DOCUMENT.hint()).isEqualTo(TABLE.lines());
        } else {
            assertThat(published).as(DOCUMENT.hint()).containsAll(TABLE.rows());
        }
    }
}
