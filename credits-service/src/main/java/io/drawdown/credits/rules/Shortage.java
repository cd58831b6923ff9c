package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Asks;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.Draft;
import io.drawdown.credits.decision.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a command for which too little is available, where the sessions of the account hold enough that they have
 * not used: their owners are asked to give it back, and the command waits for that. What an owner that does not answer
 * holds is not waited for.
 */
final class Shortage {

    /** What comes back through another instance is found after this time. */
    static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private Shortage() {}

    /** Waits if that may help, and refuses otherwise. */
    static <R> Decision<R> waitOrRefuse(Draft draft, Credits required) {
        Optional<Duration> lookAgain = await(draft, required, null);
        return lookAgain.isPresent() ? draft.waiting(lookAgain.get()) : draft.insufficient(required);
    }

    /**
     * Asks the owners, if that is due. Answers after which time to look again; empty if waiting cannot help, or has lasted
     * long enough.
     *
     * @param own the hold that the credits are for, which gives nothing back; null if they are for none
     */
    static Optional<Duration> await(Draft draft, Credits required, @Nullable Hold own) {
        List<Hold> others = draft.holds().stream()
                .filter(hold -> own == null || !hold.id().equals(own.id()))
                .filter(hold -> hold.recoverable().isPositive())
                .toList();
        if (!draft.turn().mayWait() || !isCovered(draft, required, others)) {
            return Optional.empty();
        }
        Asks asks = draft.asks();
        Instant now = draft.now();
        List<Hold> toAsk = asks == null
                ? others
                : others.stream().filter(hold -> !asks.isAsked(hold, now)).toList();
        Duration untilAsk =
                asks == null ? Duration.ZERO : Duration.between(now, asks.at().plus(Asks.WITHIN));
        if (toAsk.isEmpty()) {
            return Optional.of(LOOK_AGAIN);
        }
        if (untilAsk.isPositive()) {
            return Optional.of(untilAsk.compareTo(LOOK_AGAIN) < 0 ? untilAsk : LOOK_AGAIN);
        }
        draft.setAsks(Asks.of(asks, now, toAsk, draft.holds()));
        Posting posting = Posting.of(EntryType.GIVE_BACK_ASKED, required + " needed");
        draft.post(own == null ? posting : posting.hold(own));
        return Optional.of(LOOK_AGAIN);
    }

    private static boolean isCovered(Draft draft, Credits required, List<Hold> others) {
        Asks asks = draft.asks();
        return others.stream()
                        .filter(hold -> asks == null || !asks.isSilent(hold, draft.now()))
                        .map(Hold::recoverable)
                        .reduce(draft.balances().available(), Credits::plus)
                        .compareTo(required)
                >= 0;
    }

    /** Whether a hold that does not wait itself is to leave what is available to those who wait. */
    static boolean isAwaitedByOthers(Draft draft) {
        Asks asks = draft.asks();
        boolean isAsked = asks != null && asks.isAwaited(draft.now());
        return draft.turn().isBehind() || (isAsked && !draft.turn().hasWaited());
    }
}
