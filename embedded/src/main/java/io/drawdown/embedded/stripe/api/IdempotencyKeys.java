package io.drawdown.embedded.stripe.api;

import io.drawdown.embedded.stripe.store.Ids;
import io.drawdown.embedded.stripe.store.Store;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;

/**
 * The first answer under each key of an account. It is kept for 24 hours of the stand-in's clock; a key is new again after
 * that. A key is in use from the beginning of an execution to its end.
 */
final class IdempotencyKeys {

    static final int LONGEST = 255;
    private static final long KEPT_SECONDS = 24 * 60 * 60;
    private static final int PRUNED_AT_ONCE = 100;
    private static final int TIME_DIGITS = 12;

    private final StripeClock clock;
    private final MVMap<String, String> places;
    private final MVMap<String, String> answers;
    private final Set<String> inUse = new HashSet<>();

    IdempotencyKeys(Store store, StripeClock clock) {
        this.clock = clock;
        places = store.map("keys");
        answers = store.map("key_answers");
    }

    /**
     * The saved answer of the same request.
     *
     * @throws StripeError if the key belongs to another request, or is in use
     */
    Optional<Answer> find(String key, String request) {
        if (inUse.contains(key)) {
            throw StripeError.refused(
                            409, "idempotency_error", "Another request with this idempotency key is being executed.")
                    .with("code", "idempotency_key_in_use");
        }
        prune();
        Optional<JsonObject> saved = Optional.ofNullable(places.get(key))
                .filter(this::isKept)
                .map(place -> new JsonObject(answers.get(place)));
        if (saved.isPresent() && !saved.get().getString("request").equals(request)) {
            throw StripeError.refused(
                    400, "idempotency_error", "This idempotency key was used with other parameters or another path.");
        }
        return saved.map(answer -> Answer.saved(answer)
                .with("Idempotent-Replayed", "true")
                .with("Original-Request", answer.getString("request_id")));
    }

    void begin(String key) {
        inUse.add(key);
    }

    void end(String key) {
        inUse.remove(key);
    }

    void save(String key, String request, String requestId, Answer answer) {
        JsonObject saved = new JsonObject()
                .put("key", key)
                .put("request", request)
                .put("request_id", requestId)
                .put("status", answer.status())
                .put("body", answer.body());
        String place = "%012d/".formatted(clock.now()) + Ids.next("key");
        answers.put(place, saved.encode());
        places.put(key, place);
    }

    /** A place begins with the time at which its answer was saved. */
    private boolean isKept(String place) {
        return Long.parseLong(place.substring(0, TIME_DIGITS)) > clock.now() - KEPT_SECONDS;
    }

    private void prune() {
        for (int i = 0; i < PRUNED_AT_ONCE; i++) {
            String oldest = answers.firstKey();
            if (oldest == null || isKept(oldest)) {
                return;
            }
            String key = new JsonObject(answers.remove(oldest)).getString("key");
            if (oldest.equals(places.get(key))) {
                places.remove(key);
            }
        }
    }
}
