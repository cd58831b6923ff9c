package io.drawdown.kit.deadline;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.ServerClock;
import io.drawdown.kit.problem.ProblemAnswers;
import io.drawdown.kit.time.Time;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every answer carries {@code Server-Time}. A request may carry {@code Request-Deadline}, an instant of that time. A
 * request that arrives later is refused before anything begins; whoever carries a request out gets its deadline from
 * {@link #of}.
 */
@Singleton
public final class RequestDeadline {

    /** The form of a deadline: RFC 3339, also without seconds, as some languages print a whole minute. */
    public static final String FORM =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})";

    private static final String STATED = RequestDeadline.class.getName();
    private static final Pattern SANE = Pattern.compile(FORM);
    private static final int AFTER_REQUEST_ID = 9_500;

    private static volatile @Nullable Instance<Time> current;

    private final Instance<Time> time;
    private final ProblemAnswers answers;

    /** @param time is resolved by the first request, so that the service can start in its own order */
    RequestDeadline(Instance<Time> time, ProblemAnswers answers) {
        this.time = time;
        this.answers = answers;
    }

    void register(@Observes Filters filters) {
        current = time;
        filters.register(this::check, AFTER_REQUEST_ID);
    }

    /**
     * The current {@code Server-Time}, for answers to what never became a request. It is static because Netty creates
     * its callers.
     */
    public static Optional<String> serverTime() {
        return Optional.ofNullable(current).map(known -> known.get().now().toString());
    }

    /** The instant after which the request may not be carried out any more; null if it has no deadline. */
    public static @Nullable Instant of(RoutingContext request) {
        return request.get(STATED);
    }

    /** The members that a problem about a passed deadline has beside its type. */
    public static Map<String, Object> extensions(Instant now) {
        return Map.of("server_time", now.toString());
    }

    private void check(RoutingContext request) {
        request.addHeadersEndHandler(begun -> request.response()
                .putHeader(ServerClock.SERVER_TIME, time.get().now().toString()));
        List<String> stated = request.request().headers().getAll(ServerClock.REQUEST_DEADLINE);
        @Nullable Instant deadline = stated.size() == 1 ? parse(stated.getFirst()) : null;
        Instant now = time.get().now();
        if (stated.size() > 1) {
            answers.end(
                    request, ProblemType.INVALID_REQUEST, ServerClock.REQUEST_DEADLINE + " is given more than once");
        } else if (!stated.isEmpty() && deadline == null) {
            answers.end(
                    request,
                    ProblemType.INVALID_REQUEST,
                    ServerClock.REQUEST_DEADLINE + " is not a time such as 2026-01-31T12:00:00.000Z");
        } else if (deadline != null && now.isAfter(deadline)) {
            answers.end(
                    request,
                    ProblemType.UNAVAILABLE,
                    "it came after its " + ServerClock.REQUEST_DEADLINE + "; nothing happened",
                    extensions(now));
        } else {
            request.put(STATED, deadline);
            request.next();
        }
    }

    private static @Nullable Instant parse(String text) {
        try {
            return SANE.matcher(text).matches() ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
