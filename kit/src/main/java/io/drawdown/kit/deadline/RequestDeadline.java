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
 * Every answer carries {@code Server-Time}. A request may carry {@code Request-Deadline}, an instant of that time: who comes
 * later is refused before anything begins, and whoever carries a request out asks for its deadline with {@link #of}.
 */
@Singleton
public final class RequestDeadline {

    /** What a deadline looks like: RFC 3339, and as the clients of some languages print a whole minute. */
    public static final String FORM =
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})";

    private static final String STATED = RequestDeadline.class.getName();
    private static final Pattern SANE = Pattern.compile(FORM);
    private static final int AFTER_REQUEST_ID = 9_500;

    private static volatile @Nullable Instance<Time> current;

    private final Instance<Time> time;
    private final ProblemAnswers answers;

    /** @param time made when the first request comes: what a service needs for it is looked at in its own order */
    RequestDeadline(Instance<Time> time, ProblemAnswers answers) {
        this.time = time;
        this.answers = answers;
    }

    void register(@Observes Filters filters) {
        current = time;
        filters.register(this::check, AFTER_REQUEST_ID);
    }

    /** What {@code Server-Time} says now, for an answer to what never became a request: Netty makes who gives it. */
    public static Optional<String> serverTime() {
        return Optional.ofNullable(current).map(known -> known.get().now().toString());
    }

    /** Until when the request may be carried out; null if it does not say. */
    public static @Nullable Instant of(RoutingContext request) {
        return request.get(STATED);
    }

    /** What a problem about a deadline that has passed says beside its type. */
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
