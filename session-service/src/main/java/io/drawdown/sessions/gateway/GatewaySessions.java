package io.drawdown.sessions.gateway;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.HoldView;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionState.Detached;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.document.SessionState.Starting;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.gateway.Report.Step;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of gateways, which have no socket here and state their totals themselves. Any instance takes any call.
 *
 * <p>No instance owns such a session; its document does, in epoch 1 for life, so there is no takeover. A total goes into the
 * document first, by maximum, and only while the session has not ended. Only then credits-service is told, and never more
 * than the document says is funded. So at the end, whoever writes it, the total in the document is at least all that was
 * told: what is charged is the price of the total that the session ends with, and totals that are repeated, late, out of
 * order, or stated at several instances at once change nothing. What a gateway states beyond the funding, or after the end,
 * is not charged; the answers say how much that is.
 */
public final class GatewaySessions {

    private static final Logger LOG = Logger.getLogger(GatewaySessions.class);

    /** How many reports of a batch are worked on at once. */
    private static final int AT_ONCE = 32;

    /** So long a gateway waits for credits-service; what it said is stored by then, and told with what it says next. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SessionStore store;
    private final GuardedWrites<SessionDocument> writes;
    private final Releases releases;
    private final GatewayStarts starts;
    private final GatewayFunding funding;
    private final ReportRules rules;
    private final SilenceSweep silence;
    private final Time time;
    private final Timeout patience;

    public GatewaySessions(
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            Releases releases,
            GatewayTerms terms,
            Time time,
            Scheduler scheduler) {
        this.store = store;
        this.writes = writes;
        this.releases = releases;
        this.starts = new GatewayStarts(store, writes, credits, time, terms);
        this.funding = new GatewayFunding(writes, credits);
        this.rules = new ReportRules(terms);
        this.time = time;
        this.patience = new Timeout(scheduler, PATIENCE);
        this.silence = new SilenceSweep(store, this::endSilent, time, scheduler);
    }

    /**
     * One of several reports.
     *
     * @param sessionId which session it is about
     */
    public record Addressed(String sessionId, Report report) {}

    /**
     * What became of one of several reports: one of the two is null.
     *
     * @param fault why it could not be decided; it may be sent again
     */
    public record Answered(@Nullable Reply reply, @Nullable Throwable fault) {}

    /** From now on it ends sessions whose gateways are silent. */
    public void start() {
        silence.start();
    }

    public void stop() {
        silence.stop();
    }

    /** Begins the session that the key names, or says how it stands. */
    public Uni<Reply> start(GatewayStart start) {
        return starts.start(start)
                .chain(reply -> reply instanceof Reply.Stands(SessionDocument session, boolean isNew)
                        ? patience.limit(
                                        funding.tellIfDue(session),
                                        Uni.createFrom().item(session))
                                .chain(releases::release)
                                .map(told -> new Reply.Stands(told, isNew))
                        : Uni.createFrom().item(reply));
    }

    /** Fails if it cannot be stored; then it may be sent again. */
    public Uni<Reply> report(String sessionId, Report report) {
        return stored(sessionId, report).chain(stored -> stored.reply(time.nanos() + PATIENCE.toNanos()));
    }

    /**
     * In the order of the reports. One that fails fails alone. All are stored before credits-service is told of the first, so
     * that none waits for it.
     */
    public Uni<List<Answered>> reportAll(List<Addressed> reports) {
        List<Uni<Stored>> each = reports.stream()
                .map(one -> stored(one.sessionId(), one.report()).onFailure().recoverWithUni(fault -> Uni.createFrom()
                        .item(Stored.failed(fault))))
                .toList();
        return eachOf(each).chain(stored -> {
            long untilNanos = time.nanos() + PATIENCE.toNanos();
            return eachOf(stored.stream()
                    .map(one -> one.reply(untilNanos)
                            .map(reply -> new Answered(reply, null))
                            .onFailure()
                            .recoverWithItem(fault -> new Answered(null, fault)))
                    .toList());
        });
    }

    private static <T> Uni<List<T>> eachOf(List<Uni<T>> unis) {
        return unis.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(unis).usingConcurrencyOf(AT_ONCE).andFailFast();
    }

    /** A report that is stored, as far as it can be before credits-service is told. */
    @FunctionalInterface
    private interface Stored {

        /** @param untilNanos credits-service is not told after that */
        Uni<Reply> reply(long untilNanos);

        static Stored failed(Throwable fault) {
            return untilNanos -> Uni.createFrom().failure(fault);
        }

        static Stored of(Reply reply) {
            return untilNanos -> Uni.createFrom().item(reply);
        }
    }

    private Uni<Stored> stored(String sessionId, Report report) {
        return store.get(sessionId).chain(found -> found.map(there -> stored(there, report))
                .orElseGet(() -> Uni.createFrom().item(Stored.of(new Reply.Unknown()))));
    }

    /** A hold is overdue. If it is that of a gateway's session, credits-service hears the total in the document again. */
    public void overdue(AccountEvent event) {
        HoldView hold = event.hold();
        if (hold != null && hold.sessionId().startsWith(SessionIds.PREFIX)) {
            store.get(hold.sessionId())
                    .chain(found -> found.map(there -> funding.overdue(there).chain(releases::release))
                            .orElseGet(() -> Uni.createFrom().nullItem()))
                    .subscribe()
                    .with(
                            told -> {},
                            fault -> LOG.debugf("Overdue hold not answered: sessionId=%s fault=%s", hold, fault));
        }
    }

    /** Ends a session at the total in its document, unless its gateway was heard since it was so. */
    private Uni<SessionDocument> endSilent(SessionDocument silent, Reported reported) {
        Uni<SessionDocument> told = reported.isBeyondFunded()
                ? funding.tell(silent)
                : Uni.createFrom().item(silent);
        return told.chain(stored ->
                        writes.change(stored, (current, now) -> ReportRules.silent(current, reported.heardAt(), now)))
                .chain(releases::release);
    }

    private Uni<Stored> stored(SessionDocument there, Report report) {
        return switch (there.state()) {
            case Reported reported -> heard(there, reported, report);
            case Ended _ when isOfGateway(there) -> Uni.createFrom().item(untilNanos -> stands(there));
            case Starting _, Refused _
            when isOfGateway(there) -> Uni.createFrom().item(Stored.of(new Reply.Unknown()));
            case Starting _, Refused _, Running _, Detached _, Resuming _, Ended _ ->
                Uni.createFrom().item(Stored.of(new Reply.OfSocket()));
        };
    }

    private static boolean isOfGateway(SessionDocument document) {
        return document.isOwnedBy(SessionDocument.Owner.gateway());
    }

    private Uni<Stored> heard(SessionDocument there, Reported reported, Report report) {
        boolean isLast = report.step() == Step.END || report.step() == Step.RELEASE;
        return isLast && report.usedMillis() > reported.fundedMillis()
                ? store(there, report.with(Step.GO_ON))
                        .map(stored -> untilNanos -> patience.limit(
                                        funding.tell(stored), Uni.createFrom().item(stored))
                                .chain(told -> store(told, report).onFailure().transform(OutcomeUnknown::afterWrite))
                                .chain(last -> tellIfDue(last, untilNanos))
                                .chain(this::stands))
                : store(there, report)
                        .map(stored ->
                                untilNanos -> tellIfDue(stored, untilNanos).chain(this::stands));
    }

    private Uni<SessionDocument> tellIfDue(SessionDocument stored, long untilNanos) {
        Uni<SessionDocument> untold = Uni.createFrom().item(stored);
        return Uni.createFrom()
                .deferred(() ->
                        time.nanos() - untilNanos < 0 ? patience.limit(funding.tellIfDue(stored), untold) : untold);
    }

    private Uni<SessionDocument> store(SessionDocument there, Report report) {
        return writes.change(there, (current, now) -> rules.heard(current, report, now));
    }

    /** If it has ended, with its bill, if that is known soon. */
    private Uni<Reply> stands(SessionDocument stored) {
        return releases.release(stored).map(session -> new Reply.Stands(session, false));
    }
}
