// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The prose of a file. All else is replaced character by character, so that offsets and lines stay those of the file.
 *
 * <p>What is no prose becomes a character that no rule matches, not a blank: a rule must not match across it.
 */
final class ProseText {

    /** Alternatives in the order in which a reader of the source meets them; a comment sign in a string is part of the string. */
    private static final Pattern JAVA = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/"
                    + "|\"\"\"(?:[^\\\\\"]++|\\\\.|\"(?!\"\"))*+\"\"\""
                    + "|\"(?:[^\\\\\"\\n]++|\\\\.)*+\""
                    + "|'(?:[^\\\\'\\n]|\\\\.)++'|.",
            Pattern.DOTALL);

    /** The same for JavaScript, whose strings have three kinds of quotes. */
    private static final Pattern SCRIPT = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/"
                    + "|`(?:[^\\\\`]++|\\\\.)*+`"
                    + "|\"(?:[^\\\\\"\\n]++|\\\\.)*+\""
                    + "|'(?:[^\\\\'\\n]++|\\\\.)*+'|.",
            Pattern.DOTALL);

    /** Marks of a comment, and the tags whose content is code. */
    private static final Pattern COMMENT_MARKS = Pattern.compile(
            "^\\s*/?\\*+/?|^\\s*//|\\*/$|\\{@(?:code|link|linkplain|value|snippet)\\s[^}]*}|<pre>.*?</pre>",
            Pattern.MULTILINE | Pattern.DOTALL);

    /** Fenced and inline code, targets of links, and comments. */
    private static final Pattern NO_PROSE_OF_MARKDOWN = Pattern.compile(
            "^ *```.*?^ *```|<!--.*?-->|``[^\\n]+?``|`[^`]+`|]\\([^)\\n]*\\)", Pattern.MULTILINE | Pattern.DOTALL);

    private static final char NO_PROSE = '|';

    private ProseText() {}

    /** The comments of a Java source, without inline code. */
    static String ofJava(String source) {
        return ofTokens(JAVA, source, token -> isComment(token) ? ofComment(token) : null);
    }

    /** The strings of a Java source that have more than one word: what the program prints. */
    static String ofStrings(String source) {
        return ofTokens(JAVA, source, token -> token.startsWith("\"") && hasWords(token) ? token : null);
    }

    /** The comments of a JavaScript source, and its strings that have more than one word. */
    static String ofScript(String source) {
        return ofTokens(SCRIPT, source, token -> {
            if (isComment(token)) {
                return ofComment(token);
            }
            return "`\"'".indexOf(token.charAt(0)) >= 0 && hasWords(token) ? token : null;
        });
    }

    private static boolean isComment(String token) {
        return token.startsWith("/*") || token.startsWith("//");
    }

    private static boolean hasWords(String string) {
        return string.strip().contains(" ");
    }

    private static String ofTokens(Pattern tokens, String source, Function<String, @Nullable String> prose) {
        StringBuilder all = new StringBuilder(source.length());
        Matcher matcher = tokens.matcher(source);
        while (matcher.find()) {
            String kept = prose.apply(matcher.group());
            all.append(kept == null ? blanked(matcher.group(), NO_PROSE) : kept);
        }
        return all.toString();
    }

    /** A document without code, comments and targets of links. */
    static String ofMarkdown(String document) {
        return replaced(document, NO_PROSE_OF_MARKDOWN);
    }

    private static String ofComment(String comment) {
        return replaced(comment, COMMENT_MARKS);
    }

    /** The signs that begin the lines of a comment become blanks, because its sentences go on across them. */
    private static String replaced(String text, Pattern noProse) {
        return noProse.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        blanked(match.group(), match.group().matches("[\\s/*]+") ? ' ' : NO_PROSE)));
    }

    private static String blanked(String text, char sign) {
        return text.replaceAll("\\S", String.valueOf(sign));
    }
}
