package io.drawdown.sessions.live;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.funding.CreditsClient;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a session does not use of its slice.
 *
 * <p>The owner lowers its limit first, and from that moment obeys only the new cut. Then it tells credits-service, the same
 * again and again until it is answered. So it does no harm that nobody knows when, or how often, the request arrives: what
 * came back is never served, and funding that was decided before is older than the limit.
 */
final class GiveBack {

    /** What a session keeps, or one increment if that is longer. */
    static final Duration KEPT = Duration.ofSeconds(1);

    static final Duration AGAIN = Duration.ofSeconds(1);

    private final Funds.Funded session;
    private final CreditsClient credits;
    private final Listener listener;
    private final ResettableTimer again;
    private final String accountId;
    private final long incrementMillis;
    private Funding.@Nullable GiveBack open;

    /** Hears the answers. */
    interface Listener {
        /** An answer to a request that stated {@code usedMillis}. */
        void answered(long usedMillis, Funding.Answer answer);
    }

    GiveBack(Funds.Funded session, FundedStart start, CreditsClient credits, Scheduler scheduler, Listener listener) {
        this.session = session;
        this.credits = credits;
        this.listener = listener;
        this.again = new ResettableTimer(scheduler);
        this.accountId = start.accountId();
        this.incrementMillis = start.hold().rate().incrementMillis();
    }

    /** Gives back all but what it keeps; a paused session keeps nothing. */
    void begin() {
        giveBack(session.phase() instanceof Phase.Paused ? 0 : Math.max(KEPT.toMillis(), incrementMillis));
    }

    /** Gives back all that is not used, and says the total; the rest of the increment that is begun is paid for. */
    void all() {
        giveBack(0);
    }

    /** As above, if there is anything. */
    void allThatIsLeft() {
        Meter meter = session.meter();
        if (meter.limit().isBeyond(meter.usedMillis(), incrementMillis)) {
            all();
        }
    }

    /** Unless what it gave back last is not answered yet. */
    private void giveBack(long kept) {
        if (open == null) {
            Meter meter = session.meter();
            Limit lowered = meter.limit().loweredTo(meter.usedMillis() + kept, incrementMillis);
            session.fund(lowered);
            tell(new Funding.GiveBack(
                    accountId, session.epoch(), lowered.cut(), meter.usedMillis(), lowered.fundedMillis()));
        }
    }

    private void tell(Funding.GiveBack given) {
        open = given;
        again.set(AGAIN, () -> tell(given));
        Uni.createFrom()
                .deferred(() -> credits.giveBack(session.id(), given))
                .subscribe()
                .with(answer -> answered(given, answer), fault -> {});
    }

    void stop() {
        open = null;
        again.cancel();
    }

    private void answered(Funding.GiveBack given, Funding.Answer answer) {
        HoldView hold = answer.hold();
        boolean isApplied = hold == null || hold.epoch() != given.epoch() || hold.cut() >= given.cut();
        if (given.equals(open) && isApplied) {
            stop();
            listener.answered(given.usedMillis(), answer);
        }
    }
}
