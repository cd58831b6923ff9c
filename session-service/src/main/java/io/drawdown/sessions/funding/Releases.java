package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Releases the hold of a session once its end is stored, never before. It asks credits-service again and again until it
 * answers: asked again, it answers the same. The answer is the session's bill, which is kept with the session. If this
 * process dies here, or the call never comes through, the session's {@code ended} event releases the hold.
 */
public final class Releases {

    /** How long the news of an end waits for the bill. */
    static final Duration TOLD_WITHIN = Duration.ofMillis(500);

    /** A request without an answer for this long is sent again; a late answer still counts. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    static final Duration RETRY = Duration.ofMillis(500);

    private static final Logger LOG = Logger.getLogger(Releases.class);

    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;
    private final Scheduler scheduler;
    private final Map<String, Release> open = new LinkedHashMap<>();

    public Releases(GuardedWrites<SessionDocument> writes, CreditsClient credits, Scheduler scheduler) {
        this.writes = writes;
        this.credits = credits;
        this.scheduler = scheduler;
    }

    /**
     * Answers with the document and its bill, or after {@link #TOLD_WITHIN} without the bill, which is then still asked
     * for. Never fails.
     *
     * @param ended as the store acknowledged it, or read from the store; nothing is done if it has not ended or has its bill
     */
    public Uni<SessionDocument> release(SessionDocument ended) {
        if (!(ended.state() instanceof Ended state) || state.bill() != null) {
            return Uni.createFrom().item(ended);
        }
        Release release = open.get(ended.id());
        if (release == null) {
            release = new Release(ended);
            open.put(ended.id(), release);
            release.ask();
        }
        return release.told();
    }

    /** Ended sessions whose holds may not be released yet. */
    public int open() {
        return open.size();
    }

    private final class Release {

        private final SessionDocument ended;
        private final Funding.Release request;
        private final @Nullable TraceContext trace;
        private final List<UniEmitter<? super SessionDocument>> waiting = new ArrayList<>();
        private @Nullable SessionDocument billed;
        private final ResettableTimer next = new ResettableTimer(scheduler);
        private boolean answered;

        Release(SessionDocument ended) {
            this.ended = ended;
            SessionEvent event = ended.endedEvent();
            trace = ended.traceOf(event);
            request = new Funding.Release(
                    event.accountId(), event.epoch(), event.usedMillis(), Objects.requireNonNull(event.reason()));
        }

        Uni<SessionDocument> told() {
            if (answered) {
                return Uni.createFrom().item(billed == null ? ended : billed);
            }
            return Uni.createFrom().emitter(emitter -> {
                waiting.add(emitter);
                scheduler.after(TOLD_WITHIN, () -> {
                    if (waiting.remove(emitter)) {
                        emitter.complete(ended);
                    }
                });
            });
        }

        void ask() {
            askAfter(PATIENCE);
            Uni.createFrom()
                    .deferred(() -> credits.release(ended.id(), request, trace))
                    .subscribe()
                    .with(this::answered, this::failed);
        }

        private void failed(Throwable fault) {
            if (!answered) {
                CurrentWork.within(
                        trace,
                        () -> LOG.debugf(
                                "Release not answered; it is sent again: sessionId=%s fault=%s", ended.id(), fault));
                askAfter(RETRY);
            }
        }

        private void askAfter(Duration delay) {
            next.set(delay, this::ask);
        }

        private void answered(Funding.Answer answer) {
            if (answered) {
                return;
            }
            answered = true;
            open.remove(ended.id());
            next.cancel();
            Optional<Bill> bill = Bill.of(answer);
            bill.ifPresent(this::keep);
            SessionDocument told = billed == null ? ended : billed;
            List<UniEmitter<? super SessionDocument>> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(emitter -> emitter.complete(told));
        }

        /** If this write is lost, the next reader of the session asks again. */
        private void keep(Bill bill) {
            billed = ended.billed(bill);
            writes.change(ended, (current, _) -> current.isUnbilled() ? current.billed(bill) : null)
                    .subscribe()
                    .with(
                            kept -> {},
                            fault -> CurrentWork.within(
                                    trace,
                                    () -> LOG.debugf("Bill not stored: sessionId=%s fault=%s", ended.id(), fault)));
        }
    }
}
