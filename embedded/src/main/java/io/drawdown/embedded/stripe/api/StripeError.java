package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonObject;

/** An error in the form of Stripe's. The first answer under an idempotency key is saved unless it is a refused request. */
public final class StripeError extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final transient JsonObject error;
    private final boolean saved;

    public StripeError(int status, String type, String message) {
        this(status, new JsonObject().put("type", type).put("message", message), true);
    }

    private StripeError(int status, JsonObject error, boolean saved) {
        super(error.getString("message"), null, false, false);
        this.status = status;
        this.error = error;
        this.saved = saved;
    }

    /** A request that is refused before anything is done. */
    public static StripeError validation(String message, String parameter) {
        return refused(400, INVALID, message).with("param", parameter);
    }

    public static StripeError unknownParameter(String name) {
        return validation("Received unknown parameter: " + name, name).with("code", "parameter_unknown");
    }

    /** Something that is asked for by its path, and is not there. */
    public static StripeError missing(String type, String id) {
        return new StripeError(404, INVALID, "There is no " + type + " '" + id + "'.")
                .with("code", "resource_missing")
                .with("param", type.equals("payment_intent") || type.equals("setup_intent") ? "intent" : "id");
    }

    /** Something that a parameter names, and that is not there. */
    public static StripeError missingParameter(String parameter, String id) {
        return new StripeError(400, INVALID, "There is no object '" + id + "' for " + parameter + ".")
                .with("code", "resource_missing")
                .with("param", parameter);
    }

    /** A request that the state of its object does not allow. */
    public static StripeError state(String code, String message) {
        return new StripeError(400, INVALID, message).with("code", code);
    }

    public static StripeError refused(int status, String type, String message) {
        return new StripeError(status, new JsonObject().put("type", type).put("message", message), false);
    }

    public StripeError with(String field, Object value) {
        error.put(field, value);
        return this;
    }

    public JsonObject error() {
        return error;
    }

    boolean isSaved() {
        return saved;
    }

    public Answer answer() {
        return Answer.json(status, new JsonObject().put("error", error));
    }
}
