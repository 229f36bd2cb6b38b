// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a Java stack.
 *
 * @param className binary name of the class
 * @param method name of the method
 * @param file source file, if the class file names it
 * @param line source line; negative if unknown, -2 for a native method
 */
public record Frame(
        String className, String method, @Nullable String file, int line) {

    public Frame {
        requireNonNull(className, "className");
        requireNonNull(method, "method");
    }

    /** The frame of a JDK stack trace element. */
    public static Frame of(StackTraceElement element) {
        return new Frame(
                element.getClassName(), element.getMethodName(), element.getFileName(), element.getLineNumber());
    }

    // by hand, see Endpoint
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Frame that
                && line == that.line
                && method.equals(that.method)
                && className.equals(that.className)
                && Objects.equals(file, that.file);
    }

    @Override
    public int hashCode() {
        return (31 * className.hashCode() + method.hashCode()) * 31 + line;
    }

    /** {@code PaymentClient.call}: without package and line. */
    public String shortText() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + method;
    }

    /** {@code com.acme.pay.PaymentClient.call(PaymentClient.java:88)}. */
    public String text() {
        String source;
        if (line == -2) {
            source = "Native Method";
        } else if (file == null) {
            source = "Unknown Source";
        } else {
            source = line >= 0 ? file + ":" + line : file;
        }
        return className + "." + method + "(" + source + ")";
    }
}
