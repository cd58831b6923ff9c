package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.store.Records;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the charges that took money, for the proof that nobody paid twice. */
final class MoneyTaken {

    private static final int SHOWN = 100;
    private static final String METADATA = "metadata";

    private final Records records;

    MoneyTaken(Records records) {
        this.records = records;
    }

    /**
     * @param metadata which the charges must have
     * @param groupBy a name of metadata; the sums of each of its values are added then, and the most charges of one
     */
    JsonObject count(JsonObject metadata, @Nullable String groupBy) {
        List<JsonObject> fitting = records.newest("charge")
                .filter(charge -> metadata.stream().allMatch(wanted -> wanted.getValue()
                        .equals(charge.getJsonObject(METADATA).getString(wanted.getKey()))))
                .toList();
        List<JsonObject> paid =
                fitting.stream().filter(charge -> charge.getBoolean("captured")).toList();
        JsonObject counted = sums(paid)
                .put(
                        "declined",
                        fitting.stream()
                                .filter(charge -> "failed".equals(charge.getString("status")))
                                .count())
                .put(
                        "charges",
                        new JsonArray(paid.stream()
                                .limit(SHOWN)
                                .map(MoneyTaken::brief)
                                .toList()));
        if (groupBy != null) {
            group(counted, paid, groupBy);
        }
        return counted;
    }

    private static void group(JsonObject counted, List<JsonObject> paid, String groupBy) {
        Map<String, List<JsonObject>> groups = new TreeMap<>();
        paid.forEach(charge -> groups.computeIfAbsent(
                        charge.getJsonObject(METADATA).getString(groupBy, ""), absent -> new ArrayList<>())
                .add(charge));
        JsonObject sums = new JsonObject();
        groups.forEach((value, charges) -> sums.put(value, sums(charges)));
        counted.put("groups", sums)
                .put("most", groups.values().stream().mapToInt(List::size).max().orElse(0));
    }

    private static JsonObject sums(List<JsonObject> charges) {
        long taken = sum(charges, "amount_captured");
        long refunded = sum(charges, "amount_refunded");
        return new JsonObject()
                .put("count", charges.size())
                .put("taken", taken)
                .put("refunded", refunded)
                .put("net", taken - refunded);
    }

    private static long sum(List<JsonObject> charges, String field) {
        return charges.stream().mapToLong(charge -> charge.getLong(field)).sum();
    }

    private static JsonObject brief(JsonObject charge) {
        JsonObject brief = new JsonObject();
        List.of("id", "payment_intent", "customer", "amount", "amount_refunded", "created", "disputed", METADATA)
                .forEach(name -> brief.put(name, charge.getValue(name)));
        return brief;
    }
}
