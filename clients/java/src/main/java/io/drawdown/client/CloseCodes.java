package io.drawdown.client;

import java.time.Duration;
import java.util.Set;

/** What a close code means to a client. */
final class CloseCodes {

    static final int BROKEN = 1006;
    static final int RESTARTING = 1012;
    static final int UNAVAILABLE = 1013;
    static final int RATE_LIMITED = 4029;

    /** Any but 1000 leaves the session running. */
    static final int DETACHED = 4000;

    /** A client that comes back at once is limited again. */
    static final Duration AFTER_RATE_LIMIT = Duration.ofSeconds(5);

    /** 1000 and the codes of RFC 6455 for what one side will always do wrong. */
    private static final Set<Integer> FINAL = Set.of(1000, 1002, 1003, 1007, 1008, 1009, 1010);

    private CloseCodes() {}

    /** Whether a new socket can go on with the session. */
    static boolean mayReconnect(int code) {
        return code == RATE_LIMITED || (code < 4000 && !FINAL.contains(code));
    }

    /** @param retryAfter what the service asked for, if it did */
    static Duration atLeast(int code, Duration retryAfter) {
        return code == RATE_LIMITED && retryAfter.isZero() ? AFTER_RATE_LIMIT : retryAfter;
    }

    /** A refusal is final unless its close code, or its problem, says that it may pass. */
    static boolean isFinal(Frame.Refused refused, int code) {
        return code >= 4000 && !refused.problem().is("rate-limited");
    }
}
