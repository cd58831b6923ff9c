package io.drawdown.embedded.stripe.api;

import io.drawdown.embedded.stripe.store.Records;
import io.drawdown.embedded.stripe.store.Store;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds, lists and shows the objects of an account. */
public final class AccountObjects {

    private static final long FEWEST = 1;
    private static final long DEFAULT = 10;
    private static final long MOST = 100;

    private final Store store;

    public AccountObjects(Store store) {
        this.store = store;
    }

    public Records of(Call call) {
        return new Records(store, call.account());
    }

    /** @throws StripeError 404 if the object of the path is missing */
    public JsonObject require(Call call, String type, String id) {
        return find(call, type, id).orElseThrow(() -> StripeError.missing(type, id));
    }

    /** @throws StripeError 400 if the object that a parameter names is missing */
    public JsonObject requireNamed(Call call, String type, String parameter, String id) {
        return find(call, type, id)
                .filter(object -> !object.getBoolean("deleted", false))
                .orElseThrow(() -> StripeError.missingParameter(parameter, id));
    }

    private Optional<JsonObject> find(Call call, String type, String id) {
        return of(call).find(id).filter(object -> type.equals(object.getString("object")));
    }

    /** A page of a list, as limit, starting_after, ending_before and created of the call say. */
    public JsonObject page(Call call, String type, String filter, Predicate<JsonObject> only) {
        long limit = limit(call);
        Optional<String> before = call.text("ending_before");
        Records records = of(call);
        Stream<JsonObject> from = before.map(id -> records.newerThan(cursor(call, "ending_before", id), type, filter))
                .orElseGet(() -> records.newest(
                        type,
                        filter,
                        call.text("starting_after")
                                .map(id -> cursor(call, "starting_after", id))
                                .orElse(null)));
        List<JsonObject> found = new ArrayList<>(from.filter(only.and(object -> isWithin(call, object)))
                .limit(limit + 1)
                .toList());
        boolean more = found.size() > limit;
        if (more) {
            found.removeLast();
        }
        return new JsonObject()
                .put("object", "list")
                .put("data", new JsonArray(before.isPresent() ? found.reversed() : found))
                .put("has_more", more);
    }

    public static long limit(Call call) {
        long limit = call.number("limit").orElse(DEFAULT);
        if (limit < FEWEST || limit > MOST) {
            throw StripeError.validation("The limit is from 1 to 100.", "limit")
                    .with("code", "parameter_invalid_integer");
        }
        return limit;
    }

    private JsonObject cursor(Call call, String parameter, String id) {
        return of(call).find(id).orElseThrow(() -> StripeError.missingParameter(parameter, id));
    }

    private static boolean isWithin(Call call, JsonObject object) {
        Object wanted = call.params().getValue("created");
        long created = object.getLong("created", 0L);
        if (wanted instanceof JsonObject range) {
            return created > bound(range, "gt", Long.MIN_VALUE)
                    && created >= bound(range, "gte", Long.MIN_VALUE)
                    && created < bound(range, "lt", Long.MAX_VALUE)
                    && created <= bound(range, "lte", Long.MAX_VALUE);
        }
        return wanted == null || Long.parseLong(wanted.toString()) == created;
    }

    private static long bound(JsonObject range, String name, long absent) {
        return range.containsKey(name) ? Long.parseLong(range.getString(name)) : absent;
    }

    /** What a client may see of an object: nothing that begins with an underscore. */
    public static JsonObject shown(JsonObject object) {
        JsonObject shown = new JsonObject();
        object.forEach(field -> {
            if (!field.getKey().startsWith("_")) {
                shown.put(field.getKey(), shown(field.getValue()));
            }
        });
        return shown;
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonObject object -> shown(object);
            case JsonArray array ->
                new JsonArray(array.stream().map(AccountObjects::shown).toList());
            default -> value;
        };
    }
}
