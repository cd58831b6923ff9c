package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Entry;
import java.time.Instant;

/** What became of whatever was sent under an idempotency key. */
public sealed interface Operation {

    /** It has had its effect; final. */
    record Done(Entry entry) implements Operation {}

    /** It had no effect and never will; final. */
    record Cancelled(Entry entry) implements Operation {}

    /** It had no effect when that was looked up, yet a request may still be on its way. */
    record Open(Instant readAt) implements Operation {}

    /** What the entry of its key says. */
    static Operation of(Entry entry) {
        return switch (entry.type()) {
            case VOIDED -> new Cancelled(entry);
            case OPENED,
                    GRANTED,
                    HELD,
                    SETTLED,
                    RELEASED,
                    CHARGED,
                    EXPIRED,
                    THRESHOLD_CROSSED,
                    OVERDUE,
                    GIVE_BACK_ASKED,
                    SUSPENDED,
                    REINSTATED,
                    PLAN_CHANGED,
                    CLOSED -> new Done(entry);
        };
    }
}
