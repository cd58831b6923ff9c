package io.drawdown.embedded.stripe.card;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens when a card is charged. */
public sealed interface CardBehaviour {

    record Pays() implements CardBehaviour {}

    /** Pays, and its holder disputes it at once. */
    record Disputes() implements CardBehaviour {}

    /** The outcome is open until the oracle says it. */
    record StaysProcessing() implements CardBehaviour {}

    /** Its holder has to take part; not when they are away, if the card was set up for that. */
    record Authenticates(boolean alwaysAsks) implements CardBehaviour {}

    record Declines(
            String code,
            @Nullable String declineCode,
            @Nullable String adviceCode,
            String message) implements CardBehaviour {

        public JsonObject error() {
            JsonObject error = new JsonObject()
                    .put("type", "card_error")
                    .put("code", code)
                    .put("doc_url", "https://docs.stripe.com/error-codes#" + code)
                    .put("message", message);
            if (declineCode != null) {
                error.put("decline_code", declineCode);
            }
            if (adviceCode != null) {
                error.put("advice_code", adviceCode);
            }
            return error;
        }
    }

    String LATER = "try_again_later";
    String NEVER = "do_not_try_again";
    String CHECK = "confirm_card_data";

    Declines AUTHENTICATION_REQUIRED = new Declines(
            "authentication_required", "authentication_required", null, "The card needs its holder to authenticate.");

    Declines AUTHENTICATION_FAILED = new Declines(
            "payment_intent_authentication_failure", null, null, "The holder of the card did not authenticate.");

    Map<String, CardBehaviour> NAMED = Map.ofEntries(
            Map.entry("pays", new Pays()),
            Map.entry("disputes", new Disputes()),
            Map.entry("stays_processing", new StaysProcessing()),
            Map.entry("authentication_required", new Authenticates(true)),
            Map.entry("authentication_required_until_set_up", new Authenticates(false)),
            Map.entry("generic_decline", declined("generic_decline", LATER)),
            Map.entry("insufficient_funds", declined("insufficient_funds", LATER)),
            Map.entry("lost_card", declined("lost_card", NEVER)),
            Map.entry("stolen_card", declined("stolen_card", NEVER)),
            Map.entry("expired_card", new Declines("expired_card", null, CHECK, "The card has expired.")),
            Map.entry("incorrect_cvc", new Declines("incorrect_cvc", null, CHECK, "The security code is wrong.")),
            Map.entry(
                    "processing_error",
                    new Declines("processing_error", null, LATER, "The card could not be processed.")));

    static Declines declined(String declineCode, @Nullable String adviceCode) {
        return new Declines("card_declined", declineCode, adviceCode, "The card was declined: " + declineCode + ".");
    }

    /** The behaviour of a name, or a decline with the name as its code. */
    static CardBehaviour named(String name, @Nullable String adviceCode) {
        return Optional.ofNullable(NAMED.get(name)).orElseGet(() -> declined(name, adviceCode));
    }
}
