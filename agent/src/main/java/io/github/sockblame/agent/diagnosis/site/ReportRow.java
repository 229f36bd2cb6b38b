// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.diagnosis.verdict.Judgement;
import io.github.sockblame.agent.diagnosis.verdict.SiblingFinding;
import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.join.ConnectOutcome;
import io.github.sockblame.agent.join.EofReader;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One judged socket as a report has it. It refers to what the join found and to the events that the ledger has at this
 * moment, with the stacks that they have at this moment. A moment later the ledger may have other ones.
 */
final class ReportRow implements SocketRow {

    private final JoinedSocket joined;
    private final Judgement judgement;
    private final StackTable stacks;
    private final @Nullable CapturedEvent opened;
    private final @Nullable CapturedEvent listenerOpened;
    private final @Nullable CapturedEvent eof;
    private final @Nullable CapturedEvent closeNotify;
    private final @Nullable CapturedEvent closing;
    private final @Nullable CapturedEvent current;
    private final @Nullable CapturedEvent lastUse;
    private final long lastUsedMillis;
    private int site; // 0 for none

    ReportRow(JoinedSocket joined, Judgement judgement, StackTable stacks) {
        this.joined = joined;
        this.judgement = judgement;
        this.stacks = stacks;
        TrackedSocket tracked = joined.tracked();
        if (tracked == null) {
            opened = null;
            listenerOpened = null;
            eof = null;
            closeNotify = null;
            closing = null;
            lastUse = null;
            lastUsedMillis = NO_TIME;
        } else {
            opened = stacks.withNumber(tracked.opened());
            listenerOpened = stacks.withNumber(tracked.listenerOpened());
            eof = hasEnd(joined.protocol()) ? stacks.withNumber(tracked.eof()) : null;
            closeNotify = stacks.withNumber(tracked.closeNotify());
            closing = stacks.withNumber(tracked.closing());
            lastUse = stacks.withNumber(tracked.lastUse());
            lastUsedMillis = tracked.lastUsedMillis() == 0 ? NO_TIME : tracked.lastUsedMillis();
        }
        ActiveThread thread = joined.activeThread();
        current = stacks.withNumber(thread == null ? null : thread.where());
    }

    /** Native code cannot distinguish an empty datagram from EOF. */
    private static boolean hasEnd(Protocol protocol) {
        return protocol == Protocol.TCP || protocol == Protocol.UNIX;
    }

    void setSite(int number) {
        site = number;
    }

    /** The event; null if there is none. */
    @Nullable CapturedEvent event(SocketEvent event) {
        return switch (event) {
            case OPENED -> opened;
            case LISTENER_OPENED -> listenerOpened;
            case EOF -> eof;
            case CLOSE_NOTIFY -> closeNotify;
            case CLOSING -> closing;
            case CURRENT -> current;
            case LAST_USE -> lastUse;
        };
    }

    /** What became of its connect, if it is in state CLOSE. */
    ConnectOutcome connect() {
        return joined.connect();
    }

    /** What became of the thread that read its EOF. */
    EofReader eofReader() {
        return joined.eofReader();
    }

    /** What its siblings show; null if they do not matter. */
    @Nullable SiblingFinding finding() {
        return judgement.finding();
    }

    @Override
    public int fd() {
        return joined.fd();
    }

    @Override
    public long inode() {
        return joined.inode();
    }

    @Override
    public Protocol protocol() {
        return joined.protocol();
    }

    @Override
    public @Nullable TcpState state() {
        return joined.state();
    }

    @Override
    public @Nullable Endpoint local() {
        InetRow row = joined.row();
        return row == null ? null : row.local();
    }

    @Override
    public @Nullable Endpoint remote() {
        return joined.remote();
    }

    @Override
    public @Nullable Long recvQ() {
        return joined.recvQ();
    }

    @Override
    public @Nullable Long sendQ() {
        InetRow row = joined.row();
        return row == null ? null : (Long) row.sendQ();
    }

    @Override
    public Origin origin() {
        return joined.origin();
    }

    @Override
    public Verdict verdict() {
        return judgement.verdict();
    }

    @Override
    public Confidence confidence() {
        return judgement.confidence();
    }

    @Override
    public @Nullable Integer site() {
        return site == 0 ? null : (Integer) site;
    }

    @Override
    public @Nullable Integer weight() {
        TrackedSocket tracked = joined.tracked();
        return tracked == null || tracked.weight() == 1 ? null : (Integer) tracked.weight();
    }

    @Override
    public boolean has(SocketEvent event) {
        return event(event) != null;
    }

    @Override
    public long millis(SocketEvent event) {
        CapturedEvent found = event(event);
        return found == null ? NO_TIME : found.millis();
    }

    @Override
    public String thread(SocketEvent event) {
        return requireNonNull(event(event), "event").thread();
    }

    @Override
    public int stack(SocketEvent event) {
        return stacks.indexOf(requireNonNull(event(event), "event").stack());
    }

    @Override
    public long lastUsedMillis() {
        return lastUsedMillis;
    }

    @Override
    public long stateSinceMillis() {
        boolean ofVerdict = joined.state() == null || judgement.verdict() == Verdict.UNACCEPTED;
        long since = ofVerdict ? judgement.sinceMillis() : joined.sinceMillis();
        return since == 0 ? NO_TIME : since;
    }

    /** Since when it has been as its verdict names it, in milliseconds since the epoch; NO_TIME if unknown. */
    long judgedSinceMillis() {
        return judgement.sinceMillis() == 0 ? NO_TIME : judgement.sinceMillis();
    }
}
