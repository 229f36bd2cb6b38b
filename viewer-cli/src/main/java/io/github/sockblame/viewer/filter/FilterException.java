// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

/** A syntax error in a filter, with its place. */
public final class FilterException extends Exception {

    private static final long serialVersionUID = 1;

    private final String place;

    /** An error at this place, see {@link #place}. */
    FilterException(String message, String place) {
        super(message);
        this.place = place;
    }

    /** Where the error is, in words that follow "the filter": {@code at character 7, 'close-weight'} or {@code at its end}. */
    public String place() {
        return place;
    }
}
