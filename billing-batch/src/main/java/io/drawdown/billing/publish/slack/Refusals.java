package io.drawdown.billing.publish.slack;

import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.kit.outbound.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Slack's words mean for something that was to be posted. */
final class Refusals {

    static final int TOO_MANY = 429;

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** After these it may have been posted all the same. (Slack, chat.postMessage, "Errors".) */
    private static final Set<String> UNCLEAR = Set.of("internal_error", "fatal_error", "request_timeout");

    private Refusals() {}

    /** What an answer means that says no. */
    static Posting of(String code) {
        if (UNCLEAR.contains(code)) {
            return new Posting.Unknown(code);
        }
        PublishFault fault = PublishFault.of(code).orElse(PublishFault.INVALID_REQUEST);
        return fault == PublishFault.RATE_LIMITED ? rateLimited(null, Instant.EPOCH) : Posting.refused(fault);
    }

    /** What an answer by a status other than 200 means. */
    static Posting of(int status, String body, @Nullable String retryAfter, Instant now) {
        if (status == TOO_MANY) {
            return rateLimited(retryAfter, now);
        }
        Optional<Duration> pause = asked(retryAfter, now);
        if (status == 503 && pause.isPresent()) { // without one a proxy may say so, which has lost the answer
            return new Posting.Refused(PublishFault.SERVICE_UNAVAILABLE, pause);
        }
        return status >= 500
                ? new Posting.Unknown("status " + status)
                : of(body.strip().matches("[a-z_]{1,64}") ? body.strip() : "status_" + status);
    }

    private static Posting rateLimited(@Nullable String retryAfter, Instant now) {
        return new Posting.Refused(
                PublishFault.RATE_LIMITED, Optional.of(asked(retryAfter, now).orElse(PAUSE)));
    }

    private static Optional<Duration> asked(@Nullable String retryAfter, Instant now) {
        return Optional.ofNullable(RetryAfter.parse(retryAfter, now))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    /** What it means that no answer came. */
    static Posting of(Exception fault, boolean isSent) {
        if (isSent) {
            return new Posting.Unknown(fault.getClass().getSimpleName());
        }
        return Posting.refused(
                fault instanceof PublicHosts.PrivateAddress
                        ? PublishFault.PRIVATE_ADDRESS
                        : PublishFault.SERVICE_UNAVAILABLE);
    }
}
