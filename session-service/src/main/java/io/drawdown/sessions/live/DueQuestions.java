package io.drawdown.sessions.live;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Rate;
import io.drawdown.sessions.funding.AccountSnapshot;
import java.time.Duration;

/** When a session that is served has to ask: once for each limit when it is near, and for a warning at most once a second. */
final class DueQuestions {

    static final Duration ASK_BEFORE_LIMIT = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LEVEL_QUESTIONS = Duration.ofSeconds(1);

    /** When something that happened to the account makes its sessions ask. */
    enum Cause {
        AT_ONCE,
        IF_SHORT,
        NEVER
    }

    private final Rate rate;
    private long askedAtFunded;
    private long askedForLevelNanos;

    DueQuestions(Rate rate, long nowNanos) {
        this.rate = rate;
        this.askedForLevelNanos = nowNanos;
    }

    static Cause after(EntryType news) {
        return switch (news) {
            case SUSPENDED, CLOSED -> Cause.AT_ONCE;
            case GRANTED, REINSTATED, RELEASED -> Cause.IF_SHORT;
            case OPENED,
                    HELD,
                    SETTLED,
                    CHARGED,
                    EXPIRED,
                    OVERDUE,
                    THRESHOLD_CROSSED,
                    GIVE_BACK_ASKED,
                    PLAN_CHANGED,
                    VOIDED -> Cause.NEVER;
        };
    }

    /**
     * What is due counts as asked.
     *
     * @param isEnding whether it is known that there is no more
     */
    boolean isDue(Meter meter, AccountSnapshot money, boolean isEnding) {
        boolean isForMore = isNearLimit(meter) && !isEnding && askedAtFunded != meter.fundedMillis();
        boolean isForLevel =
                untilLevel(meter, money).isZero() && !untilLevelQuestion(meter).isPositive();
        if (isForMore) {
            askedAtFunded = meter.fundedMillis();
        }
        if (isForLevel) {
            askedForLevelNanos = meter.tickedNanos();
        }
        return isForMore || isForLevel;
    }

    /** What was asked for this limit is void. */
    void askAgain() {
        askedAtFunded = 0;
    }

    /** How long until something may be due again. */
    Duration untilNextLook(Meter meter, AccountSnapshot money) {
        Duration limit = isNearLimit(meter) ? meter.left() : meter.left().minus(ASK_BEFORE_LIMIT);
        Duration level = later(untilLevel(meter, money), untilLevelQuestion(meter));
        return level.compareTo(limit) < 0 ? level : limit;
    }

    private static boolean isNearLimit(Meter meter) {
        return meter.left().compareTo(ASK_BEFORE_LIMIT) <= 0;
    }

    private Duration untilLevel(Meter meter, AccountSnapshot money) {
        return money.untilNextLevel(rate, meter.usedMillis());
    }

    private Duration untilLevelQuestion(Meter meter) {
        return BETWEEN_LEVEL_QUESTIONS.minusNanos(meter.tickedNanos() - askedForLevelNanos);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
