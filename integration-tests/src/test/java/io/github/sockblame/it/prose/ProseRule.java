// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A construction that comments and documents avoid; CONTRIBUTING has what to write instead.
 *
 * <p>Patterns find words, not meanings: a person may say something. The baseline has room for the few sentences that need such a word.
 */
enum ProseRule {
    TELL("tells?|told|telling"),
    HEAR("hears?|heard|hearing"),
    SAY("says?|said|saying"),
    KNOW("knows?|knew|known|knowing"),
    ASKED("(?:is|are|was|were|be|been|being) (?:\\w+ )?asked"),
    LOOK("look(?:s|ed|ing)? (?:at|closer)|closer look"),
    SOMEBODY("somebody(?:'s)?|nobody|anybody|everybody|whoever|whom"),
    THAT_IS_NOT("that is not"),
    INVERTED_CONDITION("be it|were (?:it|they|there)|had (?:it|they|there)|(?-i:Were|Had) (?:an?|the|one|this|that)"),
    FRONTED_OF("of (?:which|those)|(?-i:Of) (?:an?|the|its?|them|these|what)"),
    ANY_MORE("any more|not ever"),
    LEST("lest"),
    AT_THE_MOST("at the (?:most|least)|and more"),
    OLD_ADVERB("as a rule|all the same|for ever|as ever");

    private final Pattern pattern;

    /** Words in any case; a blank is any space, also the end of a line. */
    ProseRule(String words) {
        pattern = Pattern.compile("\\b(?:" + words.replace(" ", "\\s+") + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    Pattern pattern() {
        return pattern;
    }

    /** The name in the baseline. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
