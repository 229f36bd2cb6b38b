// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

/** There is no room in the heap, not even for the smallest piece of work. The message has the figures. */
public final class NoRoomException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /** There was room, but the program took it while the work was done. */
    public NoRoomException() {
        super("not enough memory: the program took it while the report was made");
    }

    /** The smallest report does not fit. */
    public NoRoomException(long neededBytes, long freeBytes) {
        super("not enough memory for any report: the smallest one needs about " + (neededBytes >> 10) + " KB of heap, "
                + "and it can spare " + (freeBytes >> 10) + " KB");
    }
}
