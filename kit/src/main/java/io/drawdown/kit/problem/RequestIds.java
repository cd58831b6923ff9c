package io.drawdown.kit.problem;

import io.drawdown.kit.trace.CurrentWork;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id, which is in its answer and in the log lines of its edge, and of the core while it takes the request: the
 * client's {@code X-Request-ID} if it is well-formed, else a new one.
 */
@Singleton
public final class RequestIds {

    public static final String HEADER = "X-Request-ID";

    /** The form of a client's id. */
    public static final String FORM = "[A-Za-z0-9._:-]{1,64}";

    private static final Pattern SANE = Pattern.compile(FORM);
    private static final int BEFORE_ALL_OTHERS = 10_000;

    void register(@Observes Filters filters) {
        filters.register(RequestIds::identify, BEFORE_ALL_OTHERS);
    }

    private static void identify(RoutingContext request) {
        CurrentWork.identify(of(request));
        request.next();
    }

    /** The id of this request. The first call creates it and sets it on the answer. */
    static String of(RoutingContext request) {
        @Nullable String known = request.response().headers().get(HEADER);
        if (known != null) {
            return known;
        }
        @Nullable String asked = request.request().getHeader(HEADER);
        String id = asked != null && SANE.matcher(asked).matches()
                ? asked
                : UUID.randomUUID().toString();
        request.response().putHeader(HEADER, id);
        return id;
    }
}
