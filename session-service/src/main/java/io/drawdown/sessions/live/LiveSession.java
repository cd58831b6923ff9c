package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.live.Phase.Away;
import io.drawdown.sessions.live.Phase.Conditions;
import io.drawdown.sessions.live.Phase.Open;
import io.drawdown.sessions.live.Phase.Paused;
import io.drawdown.sessions.protocol.PauseCause;
import io.drawdown.sessions.protocol.PauseWish;
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
public final class LiveSession implements Funds.Funded, Pauses.Paused, FinalWrite.Ender {

    private final MeteredMedia media;
    private final StallDetector stalls;
    private final FinalWrite finalWrite;
    private final SessionClient clientSide;
    private final Pauses pauses;
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
            OwnerWrites writes,
            Scheduler scheduler,
            SessionsSettings settings) {
        this.document = start.document();
        this.media = media;
        this.stalls = stalls;
        this.finalWrite = writes.end();
        this.settings = settings;
        this.notifier = new ClientNotifier(start);
        this.clientSide = new SessionClient(this, notifier);
        this.pauses = new Pauses(this, notifier, writes.changes(), scheduler);
        this.funds = new Funds(this, notifier, credits, scheduler, start);
        this.control = new MediaControl(media, funds, notifier, scheduler, this::evaluate);
        this.phase = media.firstPhase(document.pausedAt());
    }

    /** The client is there over this connection; the one that carried the session before is closed. */
    public void attach(ClientConnection client, boolean resumes) {
        clientSide.moveTo(client);
        media.signOfLife();
        if (isOpen()) {
            funds.greet(resumes);
            pauses.greet();
        }
        comeBack();
    }

    /** Its client named its next token; it is stored. */
    public void rotated(SessionDocument stored) {
        if (isOpen() && stored.rev() > document.rev()) {
            document = stored;
        }
        notifier.forgetToken();
    }

    void signOfLife() {
        media.signOfLife();
        comeBack();
    }

    /** The client's socket is lost. */
    void disconnected() {
        if (phase instanceof Open open) {
            enter(open.disconnect(conditions()));
        }
    }

    /** A pause stops at once, and goes on as soon as that is stored and nothing else pauses it. */
    public void pause(PauseCause cause, PauseWish wish) {
        if (!wish.isPaused()) {
            pauses.end(cause);
        } else if (phase instanceof Open open) {
            enter(open.pause(conditions()));
            pauses.begin(cause, wish.isReleased());
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
            case Phase.Stalled _, Away _, Paused _ -> control.pause();
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

    @Override
    public void stored(SessionDocument stored) {
        document = stored;
        evaluate();
    }

    @Override
    public boolean isReleased() {
        return phase instanceof Paused && document.isReleased();
    }

    @Override
    public void goOn() {
        if (phase instanceof Paused paused) {
            enter(paused.goOn(conditions(), notifier.hasClient()));
        }
    }

    @Override
    public Duration pauseLeft() {
        return phase instanceof Paused paused ? paused.left(conditions()) : Duration.ZERO;
    }

    /** Fixes reason and total, unless they are fixed already, and writes the end until it is written. */
    @Override
    public void end(EndReason reason, @Nullable TraceContext trace) {
        if (phase instanceof Open open) {
            document = document.endedBy(trace);
            enter(open.end(reason));
        }
    }

    /**
     * Stops it here, and writes the hand-over until it is written.
     *
     * @param retryAfter this instance stops: when its client is told to come back; null: it has come back, elsewhere
     */
    public void handOver(@Nullable Duration retryAfter) {
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
        close(LastWord.of(stored, phase));
    }

    /** As this owner knows it; another may have changed it meanwhile. */
    @Override
    public SessionDocument document() {
        return document;
    }

    /** Another owner has it: nothing is written. */
    @Override
    public void replaced() {
        close(LastWord.REPLACED);
    }

    /** This incarnation may not write any more. */
    void fenced() {
        close(LastWord.FENCED);
    }

    private void close(LastWord last) {
        if (!(phase instanceof Phase.Closed)) {
            enter(new Phase.Closed());
            notifier.sendLast(last);
            media.ended(last.reason());
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

    public String accountId() {
        return document.origin().accountId();
    }

    @Override
    public long epoch() {
        return document.owner().epoch();
    }

    @Override
    public boolean isOpen() {
        return phase instanceof Open;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public Meter meter() {
        return media.meter();
    }

    @Override
    public void fund(Limit limit) {
        media.fund(limit);
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
