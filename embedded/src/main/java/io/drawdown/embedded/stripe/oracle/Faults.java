package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.api.ApiRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that were asked for. Each waits for requests that fit, and ends after so many of them. Not kept over a restart. */
final class Faults {

    private static final int MOST = 1_000;

    private final List<Fault> faults = new ArrayList<>();
    private int number;

    /** @throws IllegalArgumentException if it is not understood */
    JsonObject add(JsonObject wanted) {
        if (faults.size() == MOST) {
            throw new IllegalArgumentException("There are 1000 faults already.");
        }
        Fault fault = new Fault("fault_" + ++number, wanted);
        faults.add(fault);
        return fault.toJson();
    }

    /** The first fault that fits; it counts the request. */
    Optional<Fault> next(ApiRequest request, JsonObject metadata) {
        return faults.stream().filter(fault -> fault.meets(request, metadata)).findFirst();
    }

    JsonArray list() {
        return new JsonArray(faults.stream().map(Fault::toJson).toList());
    }

    void remove(String id) {
        faults.removeIf(fault -> fault.id().equals(id));
    }

    void clear() {
        faults.clear();
    }
}
