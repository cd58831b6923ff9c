package io.drawdown.billing.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That something has happened to an object of Stripe. That is all that is taken of an event: what it says of the object may be old, of
 * another version of the API, or overtaken by another event of the same second; so the object itself is asked for.
 *
 * @param event Stripe's id of the event
 * @param type e.g. {@code charge.refunded}
 * @param object Stripe's id of the object; empty if it is none that concerns this service
 */
public record Hint(String event, String type, String object) {

    private static final Pattern EVENT = Pattern.compile("evt_[A-Za-z0-9_]{1,128}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_.]{1,100}");
    private static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9_]{1,140}");

    /** What an event is about; it decides what is looked at. */
    public enum Subject {
        INTENT,
        CARD_ATTACHED,
        CARD_DETACHED,
        SETUP,
        CHARGE,
        REFUND,
        DISPUTE,
        /** Nothing that concerns this service. */
        OTHER
    }

    /** A delivery as it arrived: a hint, and whether it is of live mode. */
    public record Delivered(Hint hint, boolean livemode) {}

    /** Null if it is no event. */
    public static @Nullable Delivered parse(byte[] body) {
        JsonNode event;
        try {
            event = Json.read(body, JsonNode.class);
        } catch (UnreadableException e) {
            return null;
        }
        if (!event.path("object").asText().equals("event")
                || !event.path("livemode").isBoolean()) {
            return null;
        }
        Hint hint = of(
                event.path("id").textValue(),
                event.path("type").textValue(),
                event.at("/data/object/id").textValue());
        return hint == null ? null : new Delivered(hint, event.path("livemode").booleanValue());
    }

    /**
     * Null if the event has no id or no type as Stripe makes them. The objects that concern this service have ids of one form; an object
     * with another one, e.g. a price that its owner named, is none of them.
     */
    public static @Nullable Hint of(@Nullable String event, @Nullable String type, @Nullable String object) {
        if (event == null || type == null) {
            return null;
        }
        if (!EVENT.matcher(event).matches() || !TYPE.matcher(type).matches()) {
            return null;
        }
        return new Hint(event, type, object != null && OBJECT.matcher(object).matches() ? object : "");
    }

    public Subject subject() {
        if (object.isEmpty()) {
            return Subject.OTHER;
        }
        if (type.startsWith("charge.dispute.")) {
            return Subject.DISPUTE;
        }
        if (type.startsWith("charge.refund.") || type.startsWith("refund.")) {
            return Subject.REFUND;
        }
        return switch (type) {
            case "charge.refunded", "charge.updated" -> Subject.CHARGE;
            case "payment_method.attached" -> Subject.CARD_ATTACHED;
            case "payment_method.detached" -> Subject.CARD_DETACHED;
            case "setup_intent.succeeded" -> Subject.SETUP;
            case "payment_intent.created" -> Subject.OTHER; // by us, just now
            default -> type.startsWith("payment_intent.") ? Subject.INTENT : Subject.OTHER;
        };
    }
}
