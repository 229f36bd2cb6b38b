// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

/** What can be done to one side of a connection, and when. */
enum CloseScenario {
    EXCHANGE("bytes exchanged") {
        @Override
        boolean fits(Side side, Side peer) {
            return isWhole(side) && isWhole(peer);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.write();
            int unused = peer.read();
        }
    },
    CLOSE("close") {
        @Override
        boolean fits(Side side, Side peer) {
            return peer.isOpen();
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.close();
        }
    },
    CLOSE_BY_STREAM("close of its stream") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.can(Capability.CLOSE_BY_STREAM);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.closeStream();
        }
    },
    CLOSE_BLOCKED("close while a thread reads") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.can(Capability.BLOCK) && isWhole(side) && isWhole(peer);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            Thread reader = Threads.blockedIn(virtual, side::read);
            side.close();
            Threads.awaitEnd(reader);
        }
    },
    INTERRUPT("interrupt of the reading thread") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.can(Capability.INTERRUPT) && isWhole(side) && isWhole(peer);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            interrupt(side, virtual);
        }
    },
    INTERRUPT_VIRTUAL("interrupt of the reading virtual thread") {
        @Override
        boolean fits(Side side, Side peer) {
            return Threads.haveVirtual() && side.can(Capability.INTERRUPT_VIRTUAL) && isWhole(side) && isWhole(peer);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            interrupt(side, true);
        }
    },
    HALF_CLOSE("half-close") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.can(Capability.HALF_CLOSE) && !side.isShut() && !side.isBroken() && peer.isOpen();
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.halfClose();
        }
    },
    READ_TO_END("the peer's end is read") {
        @Override
        boolean fits(Side side, Side peer) {
            return isDone(peer) && !side.isTold() && !side.isBroken();
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.readToTheEnd();
        }
    },
    CLOSE_TOLD("close after the peer's end was read") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.isTold();
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.close();
        }
    },
    CLOSE_UNREAD("close, the peer's end unread") {
        @Override
        boolean fits(Side side, Side peer) {
            return isDone(peer) && !side.isTold();
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.close();
        }
    },
    RESET("reset") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.can(Capability.RESET);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            side.abort();
        }
    },
    CLOSE_REGISTERED("close, its key not flushed") {
        @Override
        boolean fits(Side side, Side peer) {
            return side.can(Capability.REGISTER);
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception {
            walkState.closeRegistered(side);
        }
    },
    DROP("dropped and collected") {
        @Override
        boolean fits(Side side, Side peer) {
            boolean open = !side.isBroken() && !(side.isTold() && side.isShut()); // else TLS has closed by itself
            return open && (side.can(Capability.RESCUED) || side.can(Capability.LOST_WHEN_COLLECTED));
        }

        @Override
        void apply(Side side, Side peer, WalkState walkState, boolean virtual) {
            walkState.drop(side);
        }
    };

    private final String words;

    CloseScenario(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether it can be done to this open side now. */
    abstract boolean fits(Side side, Side peer);

    abstract void apply(Side side, Side peer, WalkState walkState, boolean virtual) throws Exception;

    private static boolean isWhole(Side side) {
        return side.isOpen() && !side.isShut() && !side.isBroken() && !side.isTold();
    }

    private static boolean isDone(Side peer) {
        return !peer.isOpen() || peer.isShut();
    }

    private static void interrupt(Side side, boolean virtual) throws Exception {
        Thread reader = Threads.blockedIn(virtual, side::read);
        side.closedByOthers();
        reader.interrupt();
        Threads.awaitEnd(reader);
    }
}
