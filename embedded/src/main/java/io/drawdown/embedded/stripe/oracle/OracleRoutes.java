package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.api.Answer;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.resource.Resources;
import io.drawdown.embedded.stripe.store.Ids;
import io.drawdown.embedded.stripe.store.Records;
import io.drawdown.embedded.stripe.store.Store;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The routes below {@code /_oracle}: JSON in, JSON out, no key. {@code docs/stripe.md} describes them. */
public final class OracleRoutes {

    /** A request to the oracle; {@code base} is the server's address as the client sees it. */
    public record Ask(String method, List<String> path, JsonObject query, JsonObject body, String base) {}

    private static final String PAGE = "<!doctype html><title>Your bank</title><h1>Is it you?</h1>"
            + "<p><a href='?succeeds=true'>Yes, pay</a> <a href='?succeeds=false'>No</a></p>";

    private final Store store;
    private final StripeClock clock;
    private final Settings settings;
    private final FaultyApi api;
    private final Resources resources;
    private final WebhookRoutes webhooks;

    public OracleRoutes(
            Store store,
            StripeClock clock,
            Settings settings,
            FaultyApi api,
            Resources resources,
            WebhookRoutes webhooks) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.api = api;
        this.resources = resources;
        this.webhooks = webhooks;
    }

    public Answer handle(Ask ask) {
        try {
            boolean page = ask.method().equals("GET") && ask.path().getFirst().equals("authenticate");
            return page ? authenticationPage(ask) : Answer.ok(answer(ask));
        } catch (StripeError e) {
            return e.answer();
        } catch (IllegalArgumentException | ClassCastException | DateTimeException e) {
            return Answer.json(400, new JsonObject().put("error", String.valueOf(e.getMessage())));
        }
    }

    private JsonObject answer(Ask ask) {
        return switch (ask.method() + " " + ask.path().getFirst()) {
            case "GET charges" ->
                money(ask).count(object(ask.query(), "metadata"), ask.query().getString("group_by"));
            case "GET requests" -> requests(ask.query());
            case "GET clock" -> clock();
            case "POST clock" -> move(ask.body());
            case "GET settings" -> settings.toJson();
            case "POST settings" -> settings.change(ask.body());
            case "GET faults" -> new JsonObject().put("faults", api.faults());
            case "POST faults" -> api.addFault(ask.body());
            case "DELETE faults" -> removeFaults(ask.path());
            case "POST cards" -> resources.behave(call(ask), ask.body());
            case "POST authenticate" ->
                resources.authenticate(call(ask), second(ask), ask.body().getBoolean("succeeds", true));
            case "POST settle" -> resources.settle(call(ask), second(ask), ask.body());
            case "POST disputes" ->
                ask.path().size() == 1
                        ? resources.dispute(call(ask), ask.body())
                        : resources.closeDispute(
                                call(ask), second(ask), ask.body().getBoolean("won", false));
            case "POST reset" -> reset();
            default -> webhooks.answer(ask, account(ask));
        };
    }

    /** What a person sees instead of their bank: two links, which lead back to the merchant. */
    private Answer authenticationPage(Ask ask) {
        String succeeds = ask.query().getString("succeeds");
        if (succeeds == null) {
            return new Answer(200, "text/html", PAGE, Map.of());
        }
        String back = resources.returnUrl(call(ask), second(ask));
        JsonObject intent = resources.authenticate(call(ask), second(ask), Boolean.parseBoolean(succeeds));
        return back.isEmpty()
                ? new Answer(200, "text/plain", intent.getString("status"), Map.of())
                : new Answer(303, "text/plain", "", Map.of("Location", back));
    }

    private MoneyTaken money(Ask ask) {
        return new MoneyTaken(new Records(store, account(ask)));
    }

    private JsonObject requests(JsonObject query) {
        RequestLog log = api.log();
        JsonObject answer = log.counts();
        if (query.containsKey("key")) {
            answer.put("count", log.countOf(query.getString("key")));
        }
        if (query.containsKey("path") || query.containsKey("key")) {
            answer.put("requests", log.lastOf(query.getString("path", "*"), query.getString("key", "*")));
        }
        return answer;
    }

    private JsonObject clock() {
        return new JsonObject()
                .put("now", clock.now())
                .put("time", Instant.ofEpochSecond(clock.now()).toString())
                .put("stopped", clock.isStopped());
    }

    private JsonObject move(JsonObject body) {
        if (body.containsKey("now")) {
            Object now = body.getValue("now");
            clock.set(
                    now instanceof Number seconds
                            ? Instant.ofEpochSecond(seconds.longValue())
                            : Instant.parse(now.toString()));
        }
        if (body.containsKey("advance_seconds")) {
            clock.set(Instant.ofEpochSecond(clock.now() + body.getLong("advance_seconds")));
        }
        if (body.containsKey("stopped")) {
            if (body.getBoolean("stopped")) {
                clock.stop();
            } else {
                clock.go();
            }
        }
        return clock();
    }

    private JsonObject removeFaults(List<String> path) {
        if (path.size() > 1) {
            api.removeFault(path.get(1));
        } else {
            api.clearFaults();
        }
        return new JsonObject().put("faults", api.faults());
    }

    private JsonObject reset() {
        store.clear();
        api.clear();
        webhooks.clear();
        return new JsonObject().put("reset", true);
    }

    private String account(Ask ask) {
        return ask.query().getString("account", settings.account());
    }

    private Call call(Ask ask) {
        return new Call(account(ask), List.of(), ask.body(), Ids.next("req"), null, ask.base(), false);
    }

    static String second(Ask ask) {
        if (ask.path().size() < 2) {
            throw new IllegalArgumentException("The path needs an id.");
        }
        return ask.path().get(1);
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }

    static JsonArray array(List<JsonObject> objects) {
        return new JsonArray(List.copyOf(objects));
    }
}
