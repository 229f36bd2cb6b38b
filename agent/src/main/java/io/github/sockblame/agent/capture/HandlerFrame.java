// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

/**
 * Adds the handler of an asynchronous read to the stack of its EOF. The JDK calls the handler after the read, so the
 * handler is not on the stack of the read.
 */
final class HandlerFrame {

    private static final String CHANNEL = "sun.nio.ch.UnixAsynchronousSocketChannelImpl";

    /** The method in a thread of the group; the program's own thread is in {@code implRead} when it requests a read. */
    private static final String READ_OF_GROUP = "finishRead";

    private HandlerFrame() {}

    /**
     * Returns the stack with which the JDK calls the handler: the handler's frame replaces those of the read itself. If
     * the read was the program's own call, its caller is on the stack, and the stack is returned unchanged.
     */
    static StackTraceElement[] withHandlerFrame(StackTraceElement[] frames, String classOfHandler) {
        int read = 0;
        while (read < frames.length && !frames[read].getClassName().equals(CHANNEL)) {
            read++;
        }
        if (read == frames.length || !frames[read].getMethodName().equals(READ_OF_GROUP)) {
            return frames;
        }
        StackTraceElement[] withHandler = new StackTraceElement[frames.length - read + 1];
        withHandler[0] = new StackTraceElement(sourceClassName(classOfHandler), "completed", null, -1);
        System.arraycopy(frames, read, withHandler, 1, frames.length - read);
        return withHandler;
    }

    /**
     * Returns the name of the class in the source. For a hidden class, such as that of a lambda, it is the class that
     * holds the code.
     */
    private static String sourceClassName(String className) {
        int hidden = className.indexOf('/');
        String name = hidden < 0 ? className : className.substring(0, hidden);
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }
}
