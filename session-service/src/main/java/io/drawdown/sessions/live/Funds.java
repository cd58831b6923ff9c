package io.drawdown.sessions.live;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.funding.AccountSnapshot;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.SingleFlightRenewal;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session funded: knows when to ask credits-service, and what its answers and events mean.
 *
 * <p>An event informs (more is funded, the balance moved) and may cause a request; it ends a session only by a greater
 * epoch. One asks for what is not used ({@link GiveBack}). An answer may end it. {@code exhausted} ends it only if it answers a
 * request about the very limit that is reached now, and no newer money is known: a late answer, after a top-up, means nothing.
 * A paused session needs nothing, so it does not end for want of credits; it asks again before it goes on.
 *
 * <p>A request states the session's total. credits-service settles the session to it, and posts a warning if that takes the
 * balance below a level. So a request is due near the limit, and when the estimated balance reaches a level.
 */
final class Funds implements SingleFlightRenewal.Listener {

    static final Duration NEAR_LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Funds.class);

    private final Funded session;
    private final ClientNotifier notifier;
    private final Rate rate;
    private final SingleFlightRenewal renewal;
    private final GiveBack giveBack;
    private final DueQuestions due;
    private AccountSnapshot snapshot;
    private HoldView settled;
    private boolean isEnding;
    private boolean isUnfunded;

    /** The session as its funds see it. */
    interface Funded {
        String id();

        long epoch();

        boolean isOpen();

        /** Paused, and its pause gives back what it does not use. */
        boolean isReleased();

        Phase phase();

        /** Counted up to now. */
        Meter meter();

        void fund(Limit limit);

        void evaluate();

        default void end(EndReason reason) {
            end(reason, null);
        }

        /** @param trace of the request that wants it; null if none does */
        void end(EndReason reason, @Nullable TraceContext trace);

        void replaced();
    }

    Funds(Funded session, ClientNotifier notifier, CreditsClient credits, Scheduler scheduler, FundedStart start) {
        this.session = session;
        this.notifier = notifier;
        this.settled = start.hold();
        this.rate = settled.rate();
        this.snapshot = new AccountSnapshot(start.account(), settled.usedMillis());
        this.due = new DueQuestions(rate, session.meter().tickedNanos());
        this.renewal = new SingleFlightRenewal(
                scheduler,
                used -> credits.renew(
                        session.id(),
                        new Funding.Renew(start.accountId(), session.epoch(), used),
                        start.document().origin().startTrace()),
                this);
        this.giveBack = new GiveBack(session, start, credits, scheduler, this::gaveBack);
    }

    /** What the session cost, if credits-service has settled it to exactly that total. */
    @Nullable
    Bill bill(long totalMillis) {
        return settled.usedMillis() == totalMillis ? Bill.of(settled.charged(), money()) : null;
    }

    AccountView money() {
        return snapshot.view();
    }

    void ask() {
        renewal.ask();
    }

    /** A paused session holds nothing that it does not use, whoever funded it meanwhile. */
    void release() {
        if (session.isReleased()) {
            giveBack.allThatIsLeft();
        }
    }

    void stop() {
        renewal.stop();
        giveBack.stop();
    }

    /** Tells a client that came how its session stands. One that came back is also told again what still holds. */
    void greet(boolean resumes) {
        notifier.greet(resumes, session.meter(), money());
        if (resumes && isEnding) {
            notifier.ending(session.meter(), money());
        }
        if (resumes && isUnfunded) {
            notifier.unfunded();
        }
    }

    /** Asks for more, or for a warning, if that is due. */
    void askIfDue(Meter meter) {
        if (due.isDue(meter, snapshot, isEnding)) {
            renewal.ask();
        }
    }

    /** How long until something may be due again. */
    Duration untilNextLook(Meter meter) {
        return due.untilNextLook(meter, snapshot);
    }

    @Override
    public long usedMillis() {
        return session.meter().usedMillis();
    }

    @Override
    public void unavailable() {
        if (isWaiting() && !isUnfunded) {
            isUnfunded = true;
            notifier.unfunded();
        }
    }

    @Override
    public void answered(long askedMillis, Funding.Answer answer) {
        learn(answer.account(), answer.hold());
        if (!session.isOpen()) {
            return;
        }
        switch (answer.outcome()) {
            case FUNDED -> session.evaluate();
            case ENDING -> ending();
            case EXHAUSTED -> exhausted(askedMillis, answer.account());
            case SUSPENDED -> session.end(EndReason.SUSPENDED);
            case NO_HOLD -> session.end(EndReason.OWNER_LOST);
            case STALE -> session.replaced();
            case REFUSED, CANCELLED, RELEASED ->
                LOG.errorf("Unexpected answer to a renewal: sessionId=%s outcome=%s", session.id(), answer.outcome());
        }
        if (isWaiting()) {
            renewal.askLater();
        }
    }

    /** Something happened to the account. */
    void accountEvent(AccountEvent event) {
        learn(event.account(), event.hold());
        if (!session.isOpen()) {
            return;
        }
        Integer level = event.thresholdPercent();
        if (event.type() == EntryType.THRESHOLD_CROSSED && level != null) {
            notifier.warning(level, event.account());
        }
        if (event.type() == EntryType.GIVE_BACK_ASKED && !hasMyHold(event.hold())) {
            giveBack.begin();
        }
        if (event.type() == EntryType.OVERDUE && hasMyHold(event.hold())) {
            overdue();
        }
        if (makesAsk(event.type(), hasMyHold(event.hold()))) {
            renewal.ask();
        }
        session.evaluate();
    }

    /** Nothing was heard of the session for long. One that wants nothing only says its total. */
    private void overdue() {
        if (session.isReleased()) {
            giveBack.all();
        } else {
            renewal.ask();
        }
    }

    /** What was asked for meanwhile was decided by the old cut. Who waits for more asks for it as soon as this is settled. */
    private void gaveBack(long usedMillis, Funding.Answer answer) {
        due.askAgain();
        answered(usedMillis, answer);
        if (isWaiting()) {
            renewal.ask();
        }
    }

    private boolean makesAsk(EntryType type, boolean mine) {
        return switch (DueQuestions.after(type)) {
            case AT_ONCE -> true;
            case IF_SHORT -> (type == EntryType.RELEASED && mine) || needsMoreSoon();
            case NEVER -> false;
        };
    }

    private boolean needsMoreSoon() {
        return !session.isReleased() && (isEnding || session.meter().left().compareTo(NEAR_LIMIT) <= 0);
    }

    private void ending() {
        Meter meter = session.meter();
        if (!meter.isAtLimit() && !isEnding) {
            isEnding = true;
            notifier.ending(meter, money());
        }
        session.evaluate();
    }

    private void exhausted(long askedMillis, @Nullable AccountView answered) {
        Meter meter = session.meter();
        if (session.phase() instanceof Phase.Paused || !meter.isAtLimit() || askedMillis < meter.fundedMillis()) {
            return;
        }
        boolean newerMoney = answered != null && money().seq() > answered.seq() && snapshot.canPay(rate);
        if (newerMoney) {
            renewal.ask();
        } else {
            session.end(EndReason.EXHAUSTED);
        }
    }

    private void learn(@Nullable AccountView money, @Nullable HoldView anyHold) {
        HoldView hold = hasMyHold(anyHold) ? anyHold : null;
        if (hold != null && hold.epoch() > session.epoch()) {
            session.replaced();
            return;
        }
        boolean isNews = money != null && money.seq() > snapshot.view().seq();
        if (money != null) {
            snapshot = snapshot.see(money, hold == null ? 0 : hold.usedMillis());
        }
        if (hold != null && hold.usedMillis() > settled.usedMillis()) {
            settled = hold;
        }
        if (hold != null && hold.epoch() == session.epoch()) {
            fund(Limit.of(hold));
        }
        if (isNews) {
            notifier.balance(session.meter(), money());
        }
    }

    private void fund(Limit told) {
        Meter meter = session.meter();
        session.fund(told);
        if (session.meter().fundedMillis() > meter.fundedMillis()) {
            goOn();
        }
    }

    /** Only a client that was to hear otherwise hears that more is funded. */
    private void goOn() {
        if (isEnding || isUnfunded) {
            isEnding = false;
            isUnfunded = false;
            notifier.extended(session.meter(), money());
        }
    }

    private boolean isWaiting() {
        return session.phase() instanceof Phase.Waiting;
    }

    private boolean hasMyHold(@Nullable HoldView hold) {
        return hold != null && hold.sessionId().equals(session.id());
    }
}
