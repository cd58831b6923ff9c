package io.drawdown.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import org.jspecify.annotations.Nullable;

/** Maps faults to problems. */
final class Faults {

    private static final int DEEPEST_CAUSE = 8;

    private Faults() {}

    static ProblemType typeOf(Throwable fault) {
        return switch (fault) {
            case ProblemException problem -> problem.type();
            case UnauthorizedException unauthorized -> ProblemType.UNAUTHENTICATED;
            case AuthenticationFailedException failed -> ProblemType.UNAUTHENTICATED;
            case ForbiddenException forbidden -> ProblemType.FORBIDDEN;
            case Unavailable unavailable -> ProblemType.UNAVAILABLE;
            case OutcomeUnknown unknown -> ProblemType.OUTCOME_UNKNOWN;
            case JsonProcessingException json -> typeOfJson(json);
            default -> ProblemType.INTERNAL;
        };
    }

    /** A bad amount has a problem of its own, which says more than that the JSON is wrong. */
    static ProblemType typeOfJson(@Nullable Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof Credits.AmountOutOfRangeException) {
                return ProblemType.AMOUNT_OUT_OF_RANGE;
            }
            if (cause instanceof Credits.InvalidAmountException) {
                return ProblemType.INVALID_AMOUNT;
            }
            cause = cause.getCause();
        }
        return ProblemType.MALFORMED_JSON;
    }

    static ProblemType typeOfStatus(int status) {
        return switch (status) {
            case 400 -> ProblemType.MALFORMED_URI;
            case 401 -> ProblemType.UNAUTHENTICATED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405, 501 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.PAYLOAD_TOO_LARGE;
            case 414 -> ProblemType.URI_TOO_LONG;
            case 431 -> ProblemType.HEADERS_TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ProblemType.RATE_LIMITED;
            case 503 -> ProblemType.UNAVAILABLE;
            default -> ProblemType.INTERNAL;
        };
    }
}
