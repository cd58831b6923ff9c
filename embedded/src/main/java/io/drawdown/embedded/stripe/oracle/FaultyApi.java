package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.api.Answer;
import io.drawdown.embedded.stripe.api.Api;
import io.drawdown.embedded.stripe.api.ApiRequest;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.store.Records;
import io.drawdown.embedded.stripe.store.Store;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The API with the faults that were asked for. */
public final class FaultyApi {

    private final Api api;
    private final Store store;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();

    public FaultyApi(Api api, Store store) {
        this.api = api;
        this.store = store;
    }

    public Reaction handle(ApiRequest request) {
        JsonObject entry = log.add(request, api.routeOf(request.method(), request.path()));
        Optional<Fault> fault = faults.next(request, metadata(request));
        fault.ifPresent(found -> entry.put("fault", found.kind().name().toLowerCase(Locale.ROOT)));
        Reaction reaction =
                fault.map(found -> suffer(request, found)).orElseGet(() -> Reaction.reply(api.answer(request)));
        if (reaction instanceof Reaction.Reply(Answer answer, long ignored)) {
            entry.put("status", answer.status())
                    .put("replayed", answer.headers().containsKey("Idempotent-Replayed"));
        }
        return reaction;
    }

    private Reaction suffer(ApiRequest request, Fault fault) {
        return switch (fault.kind()) {
            case NO_ANSWER_BEFORE -> silence(fault);
            case NO_ANSWER_AFTER -> {
                var unused = api.answer(request);
                yield silence(fault);
            }
            case EXECUTE_AFTER_TIMEOUT -> later(request, fault.delayMillis());
            case ANSWER_LATE -> new Reaction.Reply(api.answer(request), fault.delayMillis());
            case RATE_LIMIT ->
                refuse(new StripeError(fault.status(429), "invalid_request_error", "There are too many requests.")
                        .with("code", "rate_limit"));
            case LOCK_TIMEOUT ->
                refuse(new StripeError(fault.status(429), "invalid_request_error", "The object is locked.")
                        .with("code", "lock_timeout"));
            case UNAUTHORIZED -> refuse(unauthorized());
            case FORBIDDEN -> refuse(new StripeError(403, "invalid_request_error", "The key does not permit this."));
            case ERROR_500 ->
                Reaction.reply(api.answer(request, execution -> {
                    executeIf(fault.executes(), execution);
                    return new StripeError(500, "api_error", "Something went wrong.").answer();
                }));
            case BAD_GATEWAY -> {
                executeIf(fault.executes(), () -> api.answer(request));
                yield Reaction.reply(
                        new Answer(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>", Map.of()));
            }
            case EMPTY_200 -> {
                executeIf(fault.executes(), () -> api.answer(request));
                yield Reaction.reply(new Answer(200, "application/json", "", Map.of()));
            }
        };
    }

    private static void executeIf(boolean executes, Supplier<Answer> execution) {
        if (executes) {
            var unused = execution.get();
        }
    }

    private static Reaction silence(Fault fault) {
        return fault.holdsConnection() ? new Reaction.Hang() : new Reaction.Close();
    }

    private static Reaction refuse(StripeError error) {
        return Reaction.reply(error.answer());
    }

    public static StripeError unauthorized() {
        return new StripeError(401, "invalid_request_error", "The API key is missing or not valid.");
    }

    /** The key is in use until the request was executed. */
    private Reaction later(ApiRequest request, long delayMillis) {
        return api.begin(request)
                .map(Reaction::reply)
                .orElseGet(() -> new Reaction.Later(delayMillis, () -> {
                    api.end(request);
                    return Reaction.reply(api.answer(request));
                }));
    }

    /** The metadata that a request sends, and that of the object which its path names. */
    private JsonObject metadata(ApiRequest request) {
        Records records = new Records(store, request.account());
        JsonObject metadata = new JsonObject();
        Arrays.stream(request.path().split("/", -1))
                .filter(segment -> segment.contains("_"))
                .flatMap(segment -> records.find(segment).stream())
                .findFirst()
                .ifPresent(object -> metadata.mergeIn(object.getJsonObject("metadata", new JsonObject())));
        if (request.params().getValue("metadata") instanceof JsonObject sent) {
            metadata.mergeIn(sent);
        }
        return metadata;
    }

    JsonObject addFault(JsonObject wanted) {
        return faults.add(wanted);
    }

    JsonArray faults() {
        return faults.list();
    }

    void removeFault(String id) {
        faults.remove(id);
    }

    void clear() {
        faults.clear();
        log.clear();
    }

    void clearFaults() {
        faults.clear();
    }

    RequestLog log() {
        return log;
    }
}
