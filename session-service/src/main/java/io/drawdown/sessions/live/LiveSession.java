package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.ConnectionListener;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.live.Phase.Away;
import io.drawdown.sessions.live.Phase.Conditions;
import io.drawdown.sessions.live.Phase.Open;
import io.drawdown.sessions.protocol.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one running session: serves and meters it, keeps it funded, and ends it, exactly.
 *
 * <p>The idea: whatever happens (a sign of life, an answer, an event, a timer) first counts up to now, then changes what
 * is known. {@link Phase} decides what follows, {@link #enter} does it. Who ends it first fixes reason and total.
 *
 * <p>The invariant: the total never passes what is funded, and counts only what was served.
 */
public final class LiveSession implements ConnectionListener, Funds.Funded, FinalWrite.Ender {

    private final MeteredMedia media;
    private final StallDetector stalls;
    private final FinalWrite finalWrite;
    private final ClientNotifier notifier;
    private final Funds funds;
    private final MediaControl control;
    private final SessionsSettings settings;
    private final List<Consumer<SessionDocument>> waitingForEnd = new ArrayList<>();

    private SessionDocument document;
    private Phase phase;

    /** @param media of this session, stopped */
    LiveSession(
            FundedStart start,
            MeteredMedia media,
            StallDetector stalls,
            CreditsClient credits,
            FinalWrite finalWrite,
            Scheduler scheduler,
            SessionsSettings settings) {
        this.document = start.document();
        this.media = media;
        this.stalls = stalls;
        this.finalWrite = finalWrite;
        this.settings = settings;
        this.notifier = new ClientNotifier(start);
        this.funds = new Funds(this, notifier, credits, scheduler, start);
        this.control = new MediaControl(media, funds, notifier, scheduler, this::evaluate);
        this.phase = new Away(meter().tickedNanos());
    }

    /** The client is there over this connection; the one that carried the session before is closed. */
    public void attach(ClientConnection client, boolean resumes) {
        notifier.moveTo(client);
        client.bind(this);
        media.signOfLife();
        if (isOpen()) {
            funds.greet(resumes);
        }
        comeBack();
    }

    /** Its client named its next token; it is stored. */
    public void rotated(SessionDocument stored) {
        if (isOpen()) {
            document = stored;
            notifier.forgetToken();
        }
    }

    /** As this owner knows it; another may have changed it meanwhile. */
    public SessionDocument document() {
        return document;
    }

    @Override
    public void signOfLife() {
        media.signOfLife();
        comeBack();
    }

    @Override
    public void endWanted(ClientConnection by, EndReason reason) {
        if (notifier.isHeardBy(by)) {
            end(reason, by.trace());
        }
    }

    @Override
    public void detached(ClientConnection from, int closeCode) {
        if (!notifier.isHeardBy(from)) {
            return;
        }
        notifier.lost();
        if (closeCode == EndReason.USER.closeCode()) {
            end(EndReason.USER, from.trace());
        } else if (phase instanceof Open open) {
            enter(open.disconnect(conditions()));
        }
    }

    private void comeBack() {
        if (phase instanceof Away away && notifier.hasClient()) {
            enter(away.comeBack(conditions()));
        }
    }

    /** Counts up to now and does what follows; every timer and the tick of all sessions come here. */
    @Override
    public void evaluate() {
        if (phase instanceof Open open) {
            enter(open.next(conditions()));
        }
    }

    private Conditions conditions() {
        stalls.look();
        return new Conditions(meter(), stalls.isLeaseUnchecked(), media.lifetime(), settings);
    }

    /** Does what the phase asks for. At the limit the media stops first; only a question asked after that decides. */
    private void enter(Phase next) {
        boolean isNew = !next.equals(phase);
        phase = next;
        switch (next) {
            case Phase.Serving() -> control.serve();
            case Phase.Stalled _, Away _ -> control.pause();
            case Phase.Waiting _ -> {
                control.pause();
                if (isNew) {
                    funds.ask();
                }
            }
            case Phase.Closing(EndReason reason) -> writeEnd(reason);
            case Phase.Leaving _ -> {
                control.stop();
                finalWrite.handOver(document, reading(), this);
            }
            case Phase.Closed() -> control.stop();
        }
    }

    /** Fixes reason and total, unless they are fixed already, and writes the end until it is written. */
    @Override
    public void end(EndReason reason, @Nullable TraceContext trace) {
        if (phase instanceof Open open) {
            document = document.endedBy(trace);
            enter(open.end(reason));
        }
    }

    /** Its client is at another instance. Writes the hand-over until it is written. */
    public void handOver() {
        if (phase instanceof Open open) {
            enter(open.handOver(null));
        }
    }

    /** This instance stops. Writes the hand-over until it is written, then tells the client to come back after that time. */
    public void handOver(Duration retryAfter) {
        if (phase instanceof Open open) {
            enter(open.handOver(retryAfter));
        }
    }

    private void writeEnd(EndReason reason) {
        control.stop();
        long total = meter().usedMillis();
        Bill bill = reason == EndReason.EXHAUSTED ? funds.bill(total) : null;
        finalWrite.write(document, new FinalWrite.End(reason, total, bill), this);
    }

    @Override
    public boolean isClosing() {
        return phase instanceof Phase.Closing || phase instanceof Phase.Leaving;
    }

    @Override
    public void written(SessionDocument stored) {
        document = stored;
        if (stored.state() instanceof Ended ended) {
            close(Frame.Ended.of(id(), ended), ended.reason());
        } else if (phase instanceof Phase.Leaving(Duration retryAfter) && retryAfter != null) {
            close(new Frame.Restarting(retryAfter.toSeconds()), EndReason.RESTARTING);
        } else {
            replaced();
        }
    }

    /** Another owner has it: nothing is written. */
    @Override
    public void replaced() {
        close(new Frame.Replaced(), EndReason.REPLACED);
    }

    /** This incarnation may not write any more. */
    void fenced() {
        close(new Frame.Restarting(1), EndReason.RESTARTING);
    }

    private void close(Frame last, EndReason reason) {
        if (!(phase instanceof Phase.Closed)) {
            enter(new Phase.Closed());
            notifier.sendLast(last, reason);
            media.ended(reason);
            waitingForEnd.forEach(waiting -> waiting.accept(document));
            waitingForEnd.clear();
        }
    }

    /** Told once, with the document as it is then. */
    public void whenClosed(Consumer<SessionDocument> waiting) {
        waitingForEnd.add(waiting);
    }

    @Override
    public String id() {
        return document.id();
    }

    public boolean isFor(String requestHash) {
        return document.origin().requestHash().equals(requestHash);
    }

    public String accountId() {
        return document.origin().accountId();
    }

    @Override
    public long epoch() {
        return document.owner().epoch();
    }

    @Nullable
    TraceContext startTrace() {
        return document.origin().startTrace();
    }

    @Override
    public boolean isOpen() {
        return phase instanceof Open;
    }

    @Override
    public boolean isWaiting() {
        return phase instanceof Phase.Waiting;
    }

    @Override
    public Meter meter() {
        return media.meter();
    }

    @Override
    public void fund(long fundedMillis) {
        media.fund(fundedMillis);
    }

    public void accountEvent(AccountEvent event) {
        if (isOpen()) {
            funds.accountEvent(event);
        }
    }

    MeterReading reading() {
        return new MeterReading(accountId(), id(), epoch(), meter().usedMillis());
    }

    public SessionView view() {
        return SessionView.of(document, meter().usedMillis(), meter().fundedMillis());
    }

    /** Its events up to there are published and gone from the stored document. */
    public void trimmed(long seq) {
        document = document.trimmed(seq);
    }
}
