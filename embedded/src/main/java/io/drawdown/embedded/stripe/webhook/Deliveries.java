package io.drawdown.embedded.stripe.webhook;

import io.drawdown.embedded.stripe.store.Records;
import io.drawdown.embedded.stripe.store.Store;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;

/**
 * The deliveries that wait to be sent. They are in the same commit as the change that they tell, and stay until the receiver
 * answers 2xx or the last attempt has failed.
 */
public final class Deliveries {

    static final int DEFAULT_ATTEMPTS = 16;
    static final long DEFAULT_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 60_000;
    private static final String LAST = "sequence";

    /** One request to a receiver. */
    record Outgoing(String key, String url, String payload, String signature) {}

    private final Store store;
    private final StripeClock clock;
    private final Endpoints endpoints;
    private final DeliveryFaults faults;
    private final MVMap<String, String> waiting;
    private final MVMap<String, String> counters;
    private final Set<String> inFlight = new HashSet<>();

    public Deliveries(Store store, StripeClock clock, Endpoints endpoints, DeliveryFaults faults) {
        this.store = store;
        this.clock = clock;
        this.endpoints = endpoints;
        this.faults = faults;
        waiting = store.map("webhook_deliveries");
        counters = store.map("webhook_counters");
    }

    /** @param event with its account as {@code _account} */
    public void add(JsonObject event) {
        if (endpoints.all().isEmpty()) {
            return;
        }
        JsonObject delivery =
                new JsonObject().put("event", event.getString("id")).put("account", event.getString("_account"));
        Optional<JsonObject> fault = faults.next(event);
        int copies = 1;
        if (fault.isPresent()) {
            copies = suffer(delivery, fault.get());
        }
        for (JsonObject endpoint : endpoints.all()) {
            for (int copy = 0; copy < copies && wants(endpoint, event); copy++) {
                put(delivery.copy().put("endpoint", endpoint.getString("id")));
            }
        }
    }

    /** @return how often it is delivered */
    private int suffer(JsonObject delivery, JsonObject fault) {
        String kind = fault.getString("kind");
        switch (kind) {
            case "delay" -> delivery.put("due", clock.now() + fault.getLong("seconds", 0L));
            case "hold" -> delivery.put("held", true);
            case "bad_signature" -> delivery.put("bad_signature", true);
            case "api_version" -> delivery.put("api_version", fault.getString("api_version", "2020-08-27"));
            default -> {}
        }
        return kind.equals("drop") ? 0 : kind.equals("duplicate") ? fault.getInteger("copies", 2) : 1;
    }

    private static boolean wants(JsonObject endpoint, JsonObject event) {
        JsonArray types = endpoint.getJsonArray("events", new JsonArray());
        return types.isEmpty() || types.contains("*") || types.contains(event.getString("type"));
    }

    private void put(JsonObject delivery) {
        long number = Long.parseLong(counters.getOrDefault(LAST, "0")) + 1;
        counters.put(LAST, Long.toString(number));
        waiting.put("%016x".formatted(number), delivery.encode());
    }

    /** Delivers an event once more. */
    public void resend(String account, String event) {
        endpoints
                .all()
                .forEach(endpoint -> put(new JsonObject()
                        .put("event", event)
                        .put("account", account)
                        .put("endpoint", endpoint.getString("id"))));
    }

    /** Lets the held deliveries go, the newest first if they are reversed. */
    public int release(boolean reversed) {
        List<String> held = new ArrayList<>();
        waiting.forEach((key, text) -> {
            if (new JsonObject(text).getBoolean("held", false)) {
                held.add(key);
            }
        });
        List<JsonObject> released = new ArrayList<>(
                held.stream().map(key -> new JsonObject(waiting.remove(key))).toList());
        if (reversed) {
            Collections.reverse(released);
        }
        released.forEach(delivery -> put(delivery.put("held", false)));
        return released.size();
    }

    public JsonArray list() {
        List<JsonObject> all = new ArrayList<>();
        waiting.forEach((key, text) -> all.add(new JsonObject(text).put("id", key)));
        return new JsonArray(all);
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** What can be sent now, at most so many. */
    List<Outgoing> take(int most) {
        List<Outgoing> taken = new ArrayList<>();
        for (String key = waiting.firstKey(); key != null && taken.size() < most; key = waiting.higherKey(key)) {
            JsonObject delivery = new JsonObject(waiting.get(key));
            if (!inFlight.contains(key) && isDue(delivery)) {
                Optional<Outgoing> outgoing = outgoing(key, delivery);
                outgoing.ifPresentOrElse(taken::add, () -> {});
                if (outgoing.isEmpty()) {
                    waiting.remove(key);
                }
            }
        }
        taken.forEach(outgoing -> inFlight.add(outgoing.key()));
        return taken;
    }

    private boolean isDue(JsonObject delivery) {
        return !delivery.getBoolean("held", false)
                && delivery.getLong("due", 0L) <= clock.now()
                && delivery.getLong("retry_at", 0L) <= clock.machineMillis();
    }

    private Optional<Outgoing> outgoing(String key, JsonObject delivery) {
        Optional<JsonObject> event =
                new Records(store, delivery.getString("account")).find(delivery.getString("event"));
        return endpoints
                .find(delivery.getString("endpoint"))
                .flatMap(endpoint -> event.map(found -> outgoing(key, delivery, endpoint, found)));
    }

    private Outgoing outgoing(String key, JsonObject delivery, JsonObject endpoint, JsonObject event) {
        event.remove("_sequence");
        event.put("pending_webhooks", 1);
        Optional.ofNullable(delivery.getString("api_version", endpoint.getString("api_version")))
                .ifPresent(version -> event.put("api_version", version));
        String payload = event.encode();
        List<String> secrets = delivery.getBoolean("bad_signature", false)
                ? List.of("whsec_of_somebody_else")
                : endpoint.getJsonArray("secrets").stream()
                        .map(Object::toString)
                        .toList();
        return new Outgoing(
                key, endpoint.getString("url"), payload, Signature.of(payload, signedAt(endpoint), secrets));
    }

    /** The receiver compares it with its own clock, so it is the machine's unless the endpoint wants the stand-in's. */
    private long signedAt(JsonObject endpoint) {
        long time =
                endpoint.getString("clock", "machine").equals("stripe") ? clock.now() : clock.machineMillis() / 1000;
        return time + endpoint.getLong("skew_seconds", 0L);
    }

    void done(String key, boolean accepted) {
        inFlight.remove(key);
        String text = waiting.get(key);
        if (text == null) {
            return;
        }
        JsonObject delivery = new JsonObject(text);
        Optional<JsonObject> endpoint = endpoints.find(delivery.getString("endpoint"));
        int attempts = delivery.getInteger("attempts", 0) + 1;
        if (accepted || endpoint.isEmpty() || attempts >= endpoint.get().getInteger("attempts", DEFAULT_ATTEMPTS)) {
            waiting.remove(key);
            return;
        }
        long pause = endpoint.get().getLong("retry_ms", DEFAULT_RETRY_MILLIS) << Math.min(attempts - 1, 16);
        waiting.put(
                key,
                delivery.put("attempts", attempts)
                        .put("retry_at", clock.machineMillis() + Math.min(pause, LONGEST_RETRY_MILLIS))
                        .encode());
    }
}
