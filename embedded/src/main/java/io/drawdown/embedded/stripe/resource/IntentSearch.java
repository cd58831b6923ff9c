package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /v1/payment_intents/search}: finds intents by customer, status and metadata, but only those that are older than the
 * lag that the oracle sets.
 */
final class IntentSearch {

    private static final Pattern TERM =
            Pattern.compile("(customer|status|metadata\\[[\"'](.+?)[\"']])\\s*:\\s*[\"'](.*?)[\"']");
    private static final Pattern AND = Pattern.compile("\\s+AND\\s+");

    private final World world;
    private final LongSupplier lagSeconds;

    IntentSearch(World world, LongSupplier lagSeconds) {
        this.world = world;
        this.lagSeconds = lagSeconds;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/payment_intents/search", "query! limit:int page expand[]", this::search));
    }

    private JsonObject search(Call call) {
        Predicate<JsonObject> wanted = AND.splitAsStream(call.text("query").orElseThrow())
                .map(IntentSearch::term)
                .reduce(intent -> true, Predicate::and);
        long visible = world.clock().now() - lagSeconds.getAsLong();
        long limit = AccountObjects.limit(call);
        List<JsonObject> found = new ArrayList<>(world.objects()
                .of(call)
                .newest("payment_intent")
                .filter(intent -> intent.getLong("created") <= visible)
                .filter(wanted)
                .limit(limit + 1)
                .toList());
        boolean more = found.size() > limit;
        if (more) {
            found.removeLast();
        }
        return new JsonObject()
                .put("object", "search_result")
                .put("data", new JsonArray(found))
                .put("has_more", more)
                .put("next_page", null)
                .put("url", "/v1/payment_intents/search");
    }

    private static Predicate<JsonObject> term(String text) {
        Matcher term = TERM.matcher(text.strip());
        if (!term.matches()) {
            throw StripeError.validation("The query can have customer, status and metadata, joined by AND.", "query");
        }
        String field = term.group(1);
        String key = term.group(2);
        String value = term.group(3);
        return key == null
                ? intent -> value.equals(intent.getString(field))
                : intent -> value.equals(intent.getJsonObject("metadata").getString(key));
    }
}
