// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.SafeText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Describes an error of the JSON library by its place in the JSON. The library's own message has names of classes and settings. */
final class JsonFault {

    /** The longest path in a message, in characters, because the names in it come from the JSON. */
    private static final int MAX_PATH = 200;

    private JsonFault() {}

    /** The fault in words that follow a colon. */
    static String of(JacksonException e) {
        if (e instanceof StackRefusal) {
            return SafeText.of(e.getOriginalMessage());
        }
        if (e instanceof JacksonIOException) {
            Throwable cause = e.getCause();
            return "it cannot be read (" + SafeText.of(String.valueOf((cause == null ? e : cause).getMessage())) + ")";
        }
        if (e instanceof StreamConstraintsException) {
            return "a name, a text or a number in it is too long, or its parts are nested too deeply";
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return "it ends too early";
        }
        String path = path(e);
        if (!path.isEmpty()) {
            return "the value of " + SafeText.of(path) + " is missing or wrong";
        }
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? "a value is missing or wrong"
                : "no valid JSON at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The place of a value: {@code sites[0].recvQ}; empty if it is unknown. */
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.length() <= MAX_PATH ? path.toString() : path.substring(0, MAX_PATH) + "...";
    }
}
