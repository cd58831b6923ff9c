package io.drawdown.sessions.funding;

import io.drawdown.contracts.Funding;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongFunction;

/**
 * Renews the slice of one session: one request at a time, and one more afterwards if it was wanted meanwhile. A request
 * without an answer within {@link #PATIENCE} counts as unavailable, but its answer still counts when it comes, because
 * answers are totals, true whenever they arrive. After a failure it asks again by itself.
 */
public final class SingleFlightRenewal {

    static final Duration PATIENCE = Duration.ofMillis(1_500);
    public static final Duration RETRY = Duration.ofSeconds(1);

    private final LongFunction<Uni<Funding.Answer>> question;
    private final Listener listener;
    private final ResettableTimer patience;
    private final ResettableTimer retry;

    private long asked;
    private long inFlight;
    private boolean again;
    private boolean stopped;

    /** Hears the answers. */
    public interface Listener {
        /** The owner's total right now. */
        long usedMillis();

        /** An answer to a question that stated {@code askedMillis}. */
        void answered(long askedMillis, Funding.Answer answer);

        void unavailable();
    }

    public SingleFlightRenewal(Scheduler scheduler, LongFunction<Uni<Funding.Answer>> question, Listener listener) {
        this.patience = new ResettableTimer(scheduler);
        this.retry = new ResettableTimer(scheduler);
        this.question = question;
        this.listener = listener;
    }

    /** Asks with a total taken from now on: at once, or as soon as the question in flight is answered. */
    public void ask() {
        if (stopped) {
            return;
        }
        if (inFlight != 0) {
            again = true;
            return;
        }
        cancelTimers();
        again = false;
        long number = ++asked;
        inFlight = number;
        long used = listener.usedMillis();
        patience.set(PATIENCE, () -> failed(number));
        Uni.createFrom()
                .deferred(() -> question.apply(used))
                .subscribe()
                .with(answer -> answered(number, used, answer), fault -> failed(number));
    }

    /** Asks once more after {@link #RETRY} unless it asks before. */
    public void askLater() {
        if (!stopped && inFlight == 0 && !retry.isSet()) {
            retry.set(RETRY, this::ask);
        }
    }

    /** Ends all requests; an answer that still comes is ignored. */
    public void stop() {
        stopped = true;
        cancelTimers();
    }

    private void answered(long number, long askedMillis, Funding.Answer answer) {
        if (stopped) {
            return;
        }
        if (inFlight == number) {
            inFlight = 0;
            cancelTimers();
        }
        listener.answered(askedMillis, answer);
        if (again) {
            ask();
        }
    }

    private void failed(long number) {
        if (stopped || inFlight != number) {
            return;
        }
        inFlight = 0;
        cancelTimers();
        again = false;
        askLater();
        listener.unavailable();
    }

    private void cancelTimers() {
        patience.cancel();
        retry.cancel();
    }
}
