// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

/** A syntax error in a filter, with its position. */
public final class FilterException extends Exception {

    private static final long serialVersionUID = 1;

    private final String filter;
    private final int at;

    FilterException(String message, String filter, int at) {
        super(message);
        this.filter = filter;
        this.at = at;
    }

    /** The filter with a caret below the error, two lines. */
    public String picture() {
        return filter + "\n" + " ".repeat(at) + "^";
    }
}
