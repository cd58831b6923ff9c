package io.drawdown.embedded.stripe.webhook;

import io.drawdown.embedded.stripe.api.Glob;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes wrong with the next deliveries: {@code drop}, {@code duplicate}, {@code delay}, {@code hold}, {@code
 * bad_signature} or {@code api_version}. Not kept over a restart.
 */
public final class DeliveryFaults {

    private static final Set<String> KINDS =
            Set.of("drop", "duplicate", "delay", "hold", "bad_signature", "api_version");
    private static final Set<String> FIELDS =
            Set.of("kind", "type", "metadata", "after", "times", "seconds", "copies", "api_version");
    private static final String MET = "met";
    private static final int ALWAYS = -1;

    private final List<JsonObject> faults = new ArrayList<>();

    /** @throws IllegalArgumentException if it is not understood */
    public JsonObject add(JsonObject wanted) {
        if (!KINDS.contains(wanted.getString("kind", "")) || !FIELDS.containsAll(wanted.fieldNames())) {
            throw new IllegalArgumentException("The kinds are " + KINDS + " and the fields " + FIELDS);
        }
        JsonObject fault = wanted.copy().put(MET, 0);
        faults.add(fault);
        return fault;
    }

    public JsonArray list() {
        return new JsonArray(List.copyOf(faults));
    }

    public void clear() {
        faults.clear();
    }

    Optional<JsonObject> next(JsonObject event) {
        return faults.stream().filter(fault -> meets(fault, event)).findFirst();
    }

    private static boolean meets(JsonObject fault, JsonObject event) {
        JsonObject object = event.getJsonObject("data").getJsonObject("object");
        JsonObject metadata = object.getJsonObject("metadata", new JsonObject());
        boolean fits = new Glob(fault.getString("type")).fits(event.getString("type"))
                && fault.getJsonObject("metadata", new JsonObject()).stream()
                        .allMatch(wanted -> wanted.getValue().equals(metadata.getValue(wanted.getKey())));
        if (!fits) {
            return false;
        }
        int met = fault.getInteger(MET) + 1;
        fault.put(MET, met);
        int after = fault.getInteger("after", 0);
        int times = fault.getInteger("times", 1);
        return met > after && (times == ALWAYS || met <= after + times);
    }
}
