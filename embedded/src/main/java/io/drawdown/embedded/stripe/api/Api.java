package io.drawdown.embedded.stripe.api;

import io.drawdown.embedded.stripe.store.Records;
import io.drawdown.embedded.stripe.store.Store;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers requests one after the other: finds the route, looks at the key and the parameters, executes, saves the answer. */
public final class Api {

    private static final Logger LOG = Logger.getLogger(Api.class.getName());

    private record Executed(Answer answer, boolean saved) {}

    private record Found(Route route, List<String> variables) {}

    private final Store store;
    private final IdempotencyKeys keys;
    private final List<Route> routes;

    public Api(Store store, StripeClock clock, List<Route> routes) {
        this.store = store;
        this.keys = new IdempotencyKeys(store, clock);
        this.routes = List.copyOf(routes);
    }

    public Answer answer(ApiRequest request) {
        return answer(request, Supplier::get);
    }

    /** @param around gets the execution and gives the answer, which is saved */
    public Answer answer(ApiRequest request, Function<Supplier<Answer>, Answer> around) {
        try {
            Found found = find(request);
            requireAllowed(request, found.route());
            Optional<Answer> replay = replay(request);
            if (replay.isPresent()) {
                return replay.get();
            }
            found.route().shape().check(request.params());
            Executed executed = execute(request, found, around);
            if (executed.saved() && request.hasKey()) {
                keys.save(scoped(request), request.identity(), request.requestId(), executed.answer());
            }
            return executed.answer();
        } catch (StripeError e) {
            return e.answer();
        }
    }

    /**
     * Answers later: until {@code end} is called the key is in use.
     *
     * @return the answer if there is nothing to wait for
     */
    public Optional<Answer> begin(ApiRequest request) {
        try {
            Optional<Answer> replay = replay(request);
            if (replay.isEmpty() && request.hasKey()) {
                keys.begin(scoped(request));
            }
            return replay;
        } catch (StripeError e) {
            return Optional.of(e.answer());
        }
    }

    public void end(ApiRequest request) {
        if (request.hasKey()) {
            keys.end(scoped(request));
        }
    }

    /** The route of a request as it is declared, e.g. {@code POST /v1/customers/{id}}. */
    public String routeOf(String method, String path) {
        return routes.stream()
                .filter(route -> route.match(method, path).isPresent())
                .findFirst()
                .map(route -> route.method() + " " + route.path())
                .orElse("unknown");
    }

    private Found find(ApiRequest request) {
        for (Route route : routes) {
            Optional<List<String>> variables = route.match(request.method(), request.path());
            if (variables.isPresent()) {
                return new Found(route, variables.get());
            }
        }
        throw StripeError.refused(
                404, "invalid_request_error", "There is no " + request.method() + " " + request.path() + ".");
    }

    private static void requireAllowed(ApiRequest request, Route route) {
        boolean isAllowed = request.keyKind().mayCall(route);
        if (request.keyKind() == KeyKind.PUBLISHABLE
                && !isAllowed
                && !request.params().containsKey("client_secret")) {
            throw StripeError.refused(
                            403, "invalid_request_error", "A publishable key cannot do this; use a secret key.")
                    .with("code", "secret_key_required");
        }
        if (request.keyKind() == KeyKind.RESTRICTED && !isAllowed) {
            throw StripeError.refused(
                    403, "invalid_request_error", "The key does not have the required permissions for this endpoint.");
        }
        if (request.key() != null && request.key().length() > IdempotencyKeys.LONGEST) {
            throw StripeError.refused(400, "idempotency_error", "An idempotency key has at most 255 characters.");
        }
    }

    private Optional<Answer> replay(ApiRequest request) {
        return request.hasKey() ? keys.find(scoped(request), request.identity()) : Optional.empty();
    }

    private Executed execute(ApiRequest request, Found found, Function<Supplier<Answer>, Answer> around) {
        Call call = new Call(
                request.account(),
                found.variables(),
                request.params(),
                request.requestId(),
                request.key(),
                request.base(),
                request.keyKind() == KeyKind.PUBLISHABLE);
        try {
            return new Executed(around.apply(() -> handle(call, found.route())), true);
        } catch (StripeError e) {
            return new Executed(e.answer(), e.isSaved());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Request failed: " + request.method() + " " + request.path());
            return new Executed(
                    new StripeError(500, "api_error", "The stand-in has a fault, which its log tells.").answer(), true);
        }
    }

    private Answer handle(Call call, Route route) {
        try {
            JsonObject shown = AccountObjects.shown(route.handler().apply(call));
            Expansion expansion = new Expansion(new Records(store, call.account()));
            call.list("expand").forEach(path -> expansion.expand(shown, path));
            return Answer.ok(shown);
        } catch (StripeError e) {
            if (!e.isSaved()) {
                throw e;
            }
            return e.answer();
        }
    }

    private static String scoped(ApiRequest request) {
        return request.account() + "/" + Objects.requireNonNull(request.key());
    }
}
