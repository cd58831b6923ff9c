package io.drawdown.kit.problem;

import io.drawdown.contracts.ProblemType;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers with a problem when a request fails before it reaches a resource. */
@Singleton
public final class RouterProblems {

    private static final Logger LOG = Logger.getLogger(RouterProblems.class);
    private static final int AFTER_REQUEST_ID = 9_000;

    private final BodyLimit limit;
    private final Map<Pattern, BodyLimit> large = new LinkedHashMap<>();
    private final ProblemAnswers answers;

    /** @param large what Quarkus reads at most must not be less */
    RouterProblems(
            @ConfigProperty(name = "drawdown.http.max-body-bytes", defaultValue = "65536") MemorySize most,
            @All List<LargeBody> large,
            ProblemAnswers answers) {
        this.answers = answers;
        this.limit = BodyLimit.of(most.asLongValue());
        large.forEach(each -> this.large.put(Pattern.compile(each.path()), BodyLimit.of(each.bytes())));
    }

    /** @param counted reads a body of unknown length up to the limit */
    private record BodyLimit(long bytes, BodyHandler counted) {
        static BodyLimit of(long bytes) {
            return new BodyLimit(bytes, BodyHandler.create(false).setBodyLimit(bytes));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseMalformed, AFTER_REQUEST_ID);
        filters.register(this::refuseTwoTokens, AFTER_REQUEST_ID);
        filters.register(this::refuseTooLarge, AFTER_REQUEST_ID);
    }

    void register(@Observes Router router) {
        for (int status : new int[] {400, 401, 403, 404, 405, 406, 413, 415, 500, 501, 503}) {
            router.errorHandler(status, this::answer);
        }
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void refuseMalformed(RoutingContext request) {
        try {
            new URI(request.request().uri());
            request.next();
        } catch (URISyntaxException e) {
            answers.end(request, ProblemType.MALFORMED_URI);
        }
    }

    private void refuseTwoTokens(RoutingContext request) {
        if (request.request().headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            answers.end(request, ProblemType.INVALID_REQUEST, "Authorization is given more than once");
        } else {
            request.next();
        }
    }

    private void refuseTooLarge(RoutingContext request) {
        BodyLimit allowed = limitOf(request.normalizedPath());
        @Nullable String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (!length.matches("[0-9]{1,18}") || Long.parseLong(length) > allowed.bytes())) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answers.end(request, ProblemType.PAYLOAD_TOO_LARGE);
        } else if (length == null && request.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            allowed.counted().handle(request); // else Quarkus cuts it off later, with an empty answer
        } else {
            request.next();
        }
    }

    private BodyLimit limitOf(String path) {
        return large.entrySet().stream()
                .filter(each -> each.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(limit);
    }

    private void answer(RoutingContext request) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        @Nullable Throwable fault = request.failure();
        ProblemType type = typeOf(request.statusCode(), fault);
        if (type == ProblemType.INTERNAL) {
            LOG.errorf(fault, "Request failed: requestId=%s", RequestIds.of(request));
        }
        answers.end(request, type);
    }

    private static ProblemType typeOf(int status, @Nullable Throwable fault) {
        if (status == -1 || status == 500) {
            return fault == null ? ProblemType.INTERNAL : Faults.typeOf(fault);
        }
        return Faults.typeOfStatus(status);
    }
}
