// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of a view and their actions. The help of the screen comes from the same table. */
final class KeyBindings {

    private static final int PAGE_ROWS = 10;

    /** The keys of the list of sites. */
    static final KeyBindings SITES = new KeyBindings(List.of(
            shown(
                    "Up Down PgUp PgDn",
                    "select a site (or k, j)",
                    model -> model.moveSelection(-1),
                    kind(Key.Kind.UP),
                    key('k')),
            hidden(model -> model.moveSelection(1), kind(Key.Kind.DOWN), key('j')),
            hidden(model -> model.moveSelection(-PAGE_ROWS), kind(Key.Kind.PAGE_UP)),
            hidden(model -> model.moveSelection(PAGE_ROWS), kind(Key.Kind.PAGE_DOWN)),
            shown(
                    "Enter",
                    "explain it: show its paragraph of sockblame leaks",
                    TopModel::explain,
                    kind(Key.Kind.ENTER)),
            shown("g", "sort by growth in the last minute", model -> model.sortBy(SortOrder.GROWTH), key('g')),
            shown("c", "sort by count", model -> model.sortBy(SortOrder.COUNT), key('c')),
            shown("a", "sort by age, the oldest first", model -> model.sortBy(SortOrder.AGE), key('a')),
            shown(
                    "/ TEXT",
                    "show only sites with TEXT in verdict, address or frames; Esc: all",
                    TopModel::editFilter,
                    key('/')),
            hidden(TopModel::clearFilter, kind(Key.Kind.ESCAPE)),
            shown("Space", "freeze the screen, and resume", TopModel::toggleFrozen, key(' ')),
            shown("w FILE", "write a new report; FILE.html: as a page", TopModel::editFile, key('w')),
            shown("?", "show this help (or h)", TopModel::showHelp, key('?'), key('h')),
            shown("q", "quit (or Ctrl-C)", TopModel::quit, key('q'))));

    /** The keys of a text; every other key leads back to the list of sites. */
    static final KeyBindings TEXT = new KeyBindings(List.of(
            hidden(model -> model.scrollBy(-1), kind(Key.Kind.UP), key('k')),
            hidden(model -> model.scrollBy(1), kind(Key.Kind.DOWN), key('j')),
            hidden(model -> model.scrollBy(-PAGE_ROWS), kind(Key.Kind.PAGE_UP)),
            hidden(model -> model.scrollBy(PAGE_ROWS), kind(Key.Kind.PAGE_DOWN)),
            hidden(TopModel::toggleFrozen, key(' ')),
            hidden(TopModel::editFile, key('w')),
            hidden(TopModel::quit, key('q'))));

    private final List<Binding> bindings;
    private final Map<Key, Consumer<TopModel>> actions = new HashMap<>();

    /**
     * Keys with the same action.
     *
     * @param label the keys in the help; empty for a binding without a line of its own
     * @param help the action in the help
     */
    private record Binding(String label, String help, Consumer<TopModel> action, List<Key> keys) {}

    private KeyBindings(List<Binding> bindings) {
        this.bindings = bindings;
        for (Binding binding : bindings) {
            for (Key key : binding.keys) {
                if (actions.put(key, binding.action) != null) {
                    throw new IllegalStateException("two actions for " + key);
                }
            }
        }
    }

    private static Binding shown(String label, String help, Consumer<TopModel> action, Key... keys) {
        return new Binding(label, help, action, List.of(keys));
    }

    private static Binding hidden(Consumer<TopModel> action, Key... keys) {
        return new Binding("", "", action, List.of(keys));
    }

    private static Key kind(Key.Kind kind) {
        return Key.of(kind);
    }

    private static Key key(char character) {
        return Key.typing(character);
    }

    /** The action of a key; null without one. */
    @Nullable Consumer<TopModel> action(Key key) {
        return actions.get(key);
    }

    /** One line for each binding with a label. */
    List<String> help() {
        List<String> lines = new ArrayList<>();
        for (Binding binding : bindings) {
            if (!binding.label.isEmpty()) {
                lines.add(String.format(Locale.ROOT, "%-19s %s", binding.label, binding.help));
            }
        }
        return lines;
    }
}
