package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.api.ApiRequest;
import io.drawdown.embedded.stripe.api.Glob;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** One fault: which requests it meets, and what happens to them. */
final class Fault {

    enum Kind {
        /** The request is not executed, and not answered. */
        NO_ANSWER_BEFORE,
        /** The request is executed, and not answered. */
        NO_ANSWER_AFTER,
        /** The request is executed after a time, and answered if its client still waits. */
        EXECUTE_AFTER_TIMEOUT,
        /** The request is executed at once, and answered after a time. */
        ANSWER_LATE,
        RATE_LIMIT,
        LOCK_TIMEOUT,
        UNAUTHORIZED,
        FORBIDDEN,
        ERROR_500,
        BAD_GATEWAY,
        EMPTY_200
    }

    private static final Set<String> FIELDS = Set.of(
            "kind",
            "method",
            "path",
            "key",
            "metadata",
            "after",
            "times",
            "probability",
            "seed",
            "delay_ms",
            "executes",
            "hold",
            "status");
    private static final int ALWAYS = -1;

    private final String id;
    private final JsonObject wanted;
    private final Kind kind;
    private final Glob path;
    private final Glob key;
    private final Random random;
    private int met;

    Fault(String id, JsonObject wanted) {
        wanted.fieldNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("A fault has no field " + name + "; it has " + FIELDS);
                });
        this.id = id;
        this.wanted = wanted;
        kind = Kind.valueOf(wanted.getString("kind", "").toUpperCase(Locale.ROOT));
        path = new Glob(wanted.getString("path"));
        key = new Glob(wanted.getString("key"));
        random = new Random(wanted.getLong("seed", 1L));
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    long delayMillis() {
        return wanted.getLong("delay_ms", 0L);
    }

    boolean executes() {
        return wanted.getBoolean("executes", false);
    }

    boolean holdsConnection() {
        return wanted.getBoolean("hold", false);
    }

    int status(int usual) {
        return wanted.getInteger("status", usual);
    }

    /** Whether it happens to this request, which it counts if it fits. */
    boolean meets(ApiRequest request, JsonObject metadata) {
        boolean fits = wanted.getString("method", request.method()).equalsIgnoreCase(request.method())
                && path.fits(request.path())
                && key.fits(request.key())
                && wanted.getJsonObject("metadata", new JsonObject()).stream()
                        .allMatch(entry -> entry.getValue().equals(metadata.getValue(entry.getKey())));
        if (!fits || random.nextDouble() >= wanted.getDouble("probability", 1.0)) {
            return false;
        }
        int after = wanted.getInteger("after", 0);
        int times = wanted.getInteger("times", 1);
        met++;
        return met > after && (times == ALWAYS || met <= after + times);
    }

    JsonObject toJson() {
        return wanted.copy().put("id", id).put("met", met);
    }
}
