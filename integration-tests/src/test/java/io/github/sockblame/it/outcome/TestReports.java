// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The XML reports that surefire and failsafe write, one for each class of tests. */
final class TestReports {

    private static final String SUREFIRE = "target/surefire-reports";
    private static final String FAILSAFE = "target/failsafe-reports";

    /** What JUnit puts before the message of {@code assumeTrue}, and not before that of {@code abort}. */
    private static final String ASSUMED = "Assumption failed: ";

    private TestReports() {}

    /**
     * The outcomes of all tests of all modules that ran in one build.
     *
     * @param root the folder of the modules' folders
     * @param begun when the build began; older reports are those of another build
     * @throws IOException if a report cannot be read
     */
    static List<TestOutcome> of(Path root, Instant begun) throws IOException {
        List<TestOutcome> outcomes = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path module : modules) {
                read(module.resolve(SUREFIRE), begun, false, outcomes);
                read(module.resolve(FAILSAFE), begun, true, outcomes);
            }
        }
        return outcomes;
    }

    private static void read(Path folder, Instant begun, boolean integration, List<TestOutcome> outcomes)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
            for (Path report : reports) {
                if (!Files.getLastModifiedTime(report).toInstant().isBefore(begun)) {
                    NodeList tests = document(report).getElementsByTagName("testcase");
                    for (int i = 0; i < tests.getLength(); i++) {
                        outcomes.add(outcome((Element) tests.item(i), integration));
                    }
                }
            }
        }
    }

    private static Document document(Path report) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(report.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("cannot read " + report, e);
        }
    }

    private static TestOutcome outcome(Element test, boolean integration) {
        Element skipped = child(test, "skipped");
        return new TestOutcome(
                test.getAttribute("classname") + "#" + test.getAttribute("name"),
                integration,
                child(test, "failure", "error") != null,
                child(test, "flakyFailure", "flakyError") != null,
                skipped == null ? null : reason(skipped));
    }

    /** That of an annotation is an attribute; that of an assumption is in the text, between the name of the exception and its frames. */
    private static String reason(Element skipped) {
        String reason = skipped.getAttribute("message");
        if (reason.isEmpty()) {
            reason = skipped.getTextContent().strip().replaceFirst("(?s)\\n\\s*at .*", "");
            String exception = skipped.getAttribute("type") + ": ";
            reason = reason.startsWith(exception) ? without(ASSUMED, without(exception, reason)) : "";
        }
        return reason.isBlank() ? "no reason given" : reason.strip();
    }

    private static String without(String prefix, String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static @Nullable Element child(Element parent, String... names) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (List.of(names).contains(node.getNodeName())) {
                return (Element) node;
            }
        }
        return null;
    }
}
