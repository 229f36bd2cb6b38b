// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

/**
 * Whom an asynchronous channel tells of the end of file: the handler, which is called once the read is over and so is not on the stack
 * of the read.
 */
final class HandlerFrame {

    private static final String CHANNEL = "sun.nio.ch.UnixAsynchronousSocketChannelImpl";

    /** What a thread of the group does; {@code implRead} is what the program's own thread does when it asks for a read. */
    private static final String READ_OF_GROUP = "finishRead";

    private HandlerFrame() {}

    /**
     * The stack with which the handler is called: its frame in the place of those of the read itself. If the read was the program's own
     * call, its caller stands on the stack, and this is that stack unchanged.
     */
    static StackTraceElement[] withHandlerFrame(StackTraceElement[] frames, String classOfHandler) {
        int read = 0;
        while (read < frames.length && !frames[read].getClassName().equals(CHANNEL)) {
            read++;
        }
        if (read == frames.length || !frames[read].getMethodName().equals(READ_OF_GROUP)) {
            return frames;
        }
        StackTraceElement[] told = new StackTraceElement[frames.length - read + 1];
        told[0] = new StackTraceElement(sourceClassName(classOfHandler), "completed", null, -1);
        System.arraycopy(frames, read, told, 1, frames.length - read);
        return told;
    }

    /** The class as its author knows it: of a hidden class, as one made of a lambda, the class that holds the code. */
    private static String sourceClassName(String className) {
        int hidden = className.indexOf('/');
        String name = hidden < 0 ? className : className.substring(0, hidden);
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }
}
