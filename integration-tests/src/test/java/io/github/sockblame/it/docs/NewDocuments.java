// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Documents that tests make and {@link Publish} publishes.
 *
 * @param folder where they lie until then
 * @param publishing whether this run is made to publish them: they are not compared with the published ones
 */
public record NewDocuments(Path folder, boolean publishing) {

    public static NewDocuments ofThisRun() throws IOException {
        return new NewDocuments(TestEnvironment.buildFolder().resolve("new"), Boolean.getBoolean("publish"));
    }

    /**
     * Writes texts by their names, unless a test was skipped: then they are not whole. Fails if a test failed or did not run, and also if
     * one was skipped in a run that is made to publish.
     */
    public void write(Map<String, String> texts, ClassOutcomes tests) throws IOException {
        assertThat(tests.failedOrMissing())
                .as("tests without which %s cannot be written", texts.keySet())
                .isEmpty();
        if (publishing) {
            assertThat(tests.skipped())
                    .as("what cannot be shown here, so that nothing is published from here")
                    .isEmpty();
        }
        if (tests.skipped().isEmpty()) {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                WholeFile.write(folder.resolve(text.getKey()), text.getValue());
            }
        }
    }
}
