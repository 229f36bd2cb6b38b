// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Draws what is done next. The same seed draws the same, as far as the JDK does the same. */
final class SeededChoice {

    private static final int MOST_PAIRS = 14;
    private static final int MOST_LISTENERS = 4;
    private static final int MOST_ZOMBIES = 4;

    private final Random random;
    private final WalkState walkState;
    private final List<Kind> kinds;
    private final List<Action> others = new ArrayList<>();
    private final List<Action> slow = new ArrayList<>();

    SeededChoice(Random random, WalkState walkState, Path folder, FailedConnects failedConnects, Services services)
            throws Exception {
        this.random = random;
        this.walkState = walkState;
        SSLContext tls = TlsContext.inFolder(folder);
        kinds = List.of(
                new SocketKind(false),
                new SocketKind(true),
                ChannelKind.blocking(),
                ChannelKind.selected(),
                new AsynchronousKind(false),
                new AsynchronousKind(true),
                ChannelKind.unix(folder),
                new TlsKind(tls, TlsKind.Below.OWN),
                new TlsKind(tls, TlsKind.Below.GIVEN),
                new TlsKind(tls, TlsKind.Below.LENT),
                new EngineKind(tls));
        others.addAll(failedConnects.all());
        others.addAll(new Datagrams(walkState).all());
        slow.addAll(services.all());
    }

    /** Draws a few things that do not touch each other, to be done at once. */
    List<Action> draw(int most) {
        Set<Object> taken = new HashSet<>();
        List<Action> deeds = new ArrayList<>();
        int number = 1 + random.nextInt(most);
        for (int i = 0; i < number; i++) {
            deeds.add(one(taken));
        }
        return deeds;
    }

    private Action one(Set<Object> taken) {
        boolean virtual = Threads.haveVirtual() && random.nextInt(4) == 0;
        List<Pair> pairs = walkState.pairs();
        int lot = random.nextInt(100);
        if (lot < 4) {
            return asIs(any(slow));
        }
        if (lot < 16) {
            return asIs(any(others));
        }
        if (lot < 28) {
            return ofListener(taken, virtual);
        }
        if (lot < 34 && !walkState.zombies().isEmpty()) {
            WalkState.Zombie zombie = any(walkState.zombies());
            if (taken.add(zombie)) {
                return flush(zombie, virtual);
            }
        }
        if (!pairs.isEmpty() && lot < 34 + 60 * pairs.size() / MOST_PAIRS) {
            Pair pair = any(pairs);
            if (taken.add(pair)) {
                return ofPair(pair, virtual);
            }
        }
        return open(virtual);
    }

    /** A virtual thread is asked for where there is none yet: then a platform thread does the same. */
    private static Action asIs(Action action) {
        return new Action(action.kind(), action.name(), action.virtual() && Threads.haveVirtual(), action.body());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Action open(boolean virtual) {
        Kind client = any(kinds);
        List<Kind> partners =
                kinds.stream().filter(kind -> kind.family() == client.family()).toList();
        Kind server = any(partners);
        boolean keep = random.nextBoolean();
        return new Action(client.name(), "connect and accept", virtual, () -> {
            Listener listener = server.listen();
            walkState.add(Pair.open(client, listener));
            if (keep) {
                walkState.add(listener);
            } else {
                listener.close();
            }
        });
    }

    private Action ofPair(Pair pair, boolean virtual) {
        List<Side> held = pair.sides().stream().filter(Side::isHeld).toList();
        Side side = any(held);
        Side peer = pair.peerOf(side);
        List<CloseScenario> fitting = new ArrayList<>();
        for (CloseScenario closeScenario : CloseScenario.values()) {
            if (isFree(closeScenario, side) && closeScenario.fits(side, peer)) {
                fitting.add(closeScenario);
            }
        }
        CloseScenario closeScenario = any(fitting);
        return new Action(side.kind(), closeScenario.words(), virtual, () -> end(closeScenario, side, peer, virtual));
    }

    private void end(CloseScenario closeScenario, Side side, Side peer, boolean virtual) throws Exception {
        try {
            closeScenario.apply(side, peer, walkState, virtual);
        } catch (IOException e) {
            side.breaks();
            peer.breaks();
            throw e;
        }
    }

    private boolean isFree(CloseScenario closeScenario, Side side) {
        return switch (closeScenario) {
            case DROP -> random.nextInt(8) == 0 && walkState.mayDrop(side.kind(), side.can(Capability.RESCUED));
            case CLOSE_REGISTERED -> walkState.zombies().size() < MOST_ZOMBIES;
            default -> true;
        };
    }

    private Action ofListener(Set<Object> taken, boolean virtual) {
        List<Listener> listeners = walkState.listeners();
        if (listeners.size() > MOST_LISTENERS) {
            Listener oldest = listeners.get(0);
            if (taken.add(oldest)) {
                return ofHeld(oldest, virtual);
            }
        }
        return open(virtual);
    }

    private Action ofHeld(Listener listener, boolean virtual) {
        List<ListenerEnding> fitting = new ArrayList<>();
        for (ListenerEnding ending : ListenerEnding.values()) {
            if (isFree(ending, listener) && ending.fits(listener)) {
                fitting.add(ending);
            }
        }
        ListenerEnding ending = any(fitting);
        walkState.remove(listener);
        return new Action(listener.kind(), ending.words(), virtual, () -> ending.apply(listener, walkState, virtual));
    }

    private boolean isFree(ListenerEnding ending, Listener listener) {
        return switch (ending) {
            case DROP -> random.nextInt(4) == 0 && walkState.mayDrop(listener.kind(), listener.can(Capability.RESCUED));
            case CLOSE_REGISTERED -> walkState.zombies().size() < MOST_ZOMBIES;
            default -> true;
        };
    }

    private Action flush(WalkState.Zombie zombie, boolean virtual) {
        walkState.remove(zombie);
        return new Action(zombie.kind(), "closed before, its key flushed now", virtual, zombie::flush);
    }

    /** Ends what is held; nothing is left but what nobody can close any more. */
    void endAll() throws IOException {
        for (Pair pair : walkState.pairs()) {
            for (Side side : pair.sides()) {
                end(side);
            }
        }
        for (WalkState.Zombie zombie : walkState.zombies()) {
            zombie.flush();
        }
    }

    private static void end(Side side) {
        try {
            if (side.isHeld()) {
                side.close();
            }
        } catch (Exception e) {
            // the peer has gone
        }
    }
}
