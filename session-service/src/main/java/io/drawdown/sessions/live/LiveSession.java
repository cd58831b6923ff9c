package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.live.Phase.Away;
import io.drawdown.sessions.live.Phase.Closed;
import io.drawdown.sessions.live.Phase.Closing;
import io.drawdown.sessions.live.Phase.Serving;
import io.drawdown.sessions.live.Phase.Waiting;
import io.drawdown.sessions.protocol.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The owner of one running session: serves and meters it, keeps it funded, and ends it, exactly.
 *
 * <p>The idea: whatever happens first counts up to now, then changes what is known, then {@link #evaluate} decides what
 * follows; {@link Phase} shows the whole life. The first to end it fixes reason and total; the rest is writing that down.
 *
 * <p>The invariant: the total never passes what is funded, and counts only what was served.
 */
public final class LiveSession implements ClientConnection.Attendant, Funds.Funded {

    private final OwnerContext context;
    private final Consumer<LiveSession> whenClosed;
    private final Owner owner;
    private final MeteredMedia media;
    private final ClientNotifier notifier;
    private final Funds funds;
    private final ResettableTimer timer;
    private final MaximumDuration lifetime;
    private final List<Consumer<SessionDocument>> waitingForEnd = new ArrayList<>();

    private SessionDocument document;
    private Phase phase;

    /** @param first the answer that paid for the first slice */
    public LiveSession(
            SessionDocument document,
            Funding.Answer first,
            String token,
            OwnerContext context,
            Consumer<LiveSession> whenClosed) {
        HoldView hold = Objects.requireNonNull(first.hold());
        this.context = context;
        this.whenClosed = whenClosed;
        this.document = document;
        this.owner = document.owner();
        this.timer = new ResettableTimer(context.machinery().scheduler());
        this.lifetime = MaximumDuration.from(now(), context.settings().maximumDuration());
        this.media = new MeteredMedia(document.id(), context, hold.fundedMillis(), lifetime.lastNanos());
        this.phase = new Away(now());
        this.notifier = new ClientNotifier(document, hold.rate(), token);
        this.funds = new Funds(this, notifier, context, first, document.origin().accountId());
    }

    // ---- the client ----

    /** The client is there over this socket; a socket that carried the session before is closed. */
    public void attach(ClientConnection client, boolean resumes) {
        notifier.moveTo(client);
        client.bind(this);
        media.sign();
        if (isLive()) {
            notifier.greet(resumes, meter(), funds.money());
        }
        comeBack();
    }

    public boolean isOpenedBy(String resumeToken) {
        return notifier.knows(resumeToken);
    }

    @Override
    public void signOfLife() {
        media.sign();
        comeBack();
    }

    @Override
    public void endWanted(ClientConnection by, EndReason reason) {
        if (notifier.isHeardBy(by)) {
            end(reason);
        }
    }

    @Override
    public void detached(ClientConnection from, int closeCode) {
        if (!notifier.isHeardBy(from)) {
            return;
        }
        notifier.lost();
        if (closeCode == EndReason.USER.closeCode()) {
            end(EndReason.USER);
        } else {
            goAway();
        }
    }

    // ---- serving, waiting, away ----

    /** Counts up to now and does what follows; every timer and the registry's tick come here. */
    @Override
    public void evaluate() {
        boolean isUnleased = context.stalls().isUnchecked();
        Meter meter = meter();
        if (isLive() && lifetime.isOver(now())) {
            end(EndReason.MAXIMUM_DURATION);
        } else if (isLive() && lifetime.isNearlyOver(now())) {
            notifier.lastMoment(lifetime.left(now()), meter, funds.money());
        }
        switch (phase) {
            case Serving() when meter.isSilent(now()) -> goAway();
            case Serving() when meter.isAtLimit() -> waitForFunds();
            case Serving() when isUnleased -> pause();
            case Serving() -> serveOn(meter);
            case Waiting w
            when isOver(w.sinceNanos(), context.settings().unfundedAtMost()) -> end(EndReason.UNAVAILABLE);
            case Waiting _ when meter.isSilent(now()) -> goAway();
            case Waiting _ when !meter.isAtLimit() -> serve();
            case Away a when isOver(a.sinceNanos(), context.settings().gracePeriod()) -> end(EndReason.DISCONNECTED);
            case Waiting _, Away _ -> timer.set(lifetime.untilNext(now()), this::evaluate);
            case Closing _, Closed _ -> timer.cancel();
        }
    }

    private void serve() {
        phase = new Serving();
        evaluate();
    }

    /** Until there is something to ask, the limit, the silence, or the last moment: the media stops at that very moment. */
    private void serveOn(Meter meter) {
        media.serve();
        timer.setEarliest(this::evaluate, funds.lookAhead(meter), meter.untilSilence(now()), lifetime.untilNext(now()));
    }

    /** The media has stopped with the meter; only an answer to a question asked from here on decides. */
    private void waitForFunds() {
        media.stop();
        phase = new Waiting(now());
        funds.ask();
    }

    private void goAway() {
        if (isLive() && !(phase instanceof Away)) {
            media.stop();
            phase = new Away(now());
        }
    }

    private void comeBack() {
        if (phase instanceof Away && notifier.hasClient()) {
            serve();
        }
    }

    /** This process stalled; it goes on when its lease is known to be unbroken. */
    private void pause() {
        media.stop();
        timer.cancel();
    }

    // ---- the end ----

    /** Fixes reason and total if nobody has yet, and writes it down until it is written. */
    @Override
    public void end(EndReason reason) {
        if (!isLive()) {
            return;
        }
        media.stop();
        funds.stop();
        phase = new Closing(reason);
        if (reason == EndReason.RESTARTING) {
            notifier.restarting();
        }
        Instant at = context.machinery().time().now();
        long total = meter().usedMillis();
        new FinalWrite(context, document, () -> phase instanceof Closing, this::written)
                .knowing(reason == EndReason.EXHAUSTED ? funds.bill(total) : null)
                .write(reason, total, at);
    }

    private void written(SessionDocument stored) {
        document = stored;
        if (stored.state() instanceof Ended ended) {
            close(Frame.Ended.of(id(), ended), ended.reason());
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
        if (phase instanceof Closed) {
            return;
        }
        media.stop();
        funds.stop();
        phase = new Closed();
        notifier.last(last, reason);
        whenClosed.accept(this);
        waitingForEnd.forEach(waiting -> waiting.accept(document));
        waitingForEnd.clear();
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
        return owner.epoch();
    }

    @Override
    public boolean isLive() {
        return phase instanceof Phase.Live;
    }

    @Override
    public boolean isWaiting() {
        return phase instanceof Waiting;
    }

    @Override
    public Meter meter() {
        return media.meter();
    }

    @Override
    public void fund(long fundedMillis) {
        media.fund(fundedMillis);
    }

    public void heard(AccountEvent event) {
        if (isLive()) {
            funds.heard(event);
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

    private boolean isOver(long sinceNanos, Duration limit) {
        return now() - sinceNanos >= limit.toNanos();
    }

    private long now() {
        return context.machinery().time().nanos();
    }
}
