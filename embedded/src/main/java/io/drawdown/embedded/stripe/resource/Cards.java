package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.card.CardBehaviour;
import io.drawdown.embedded.stripe.card.TestCard;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Payment methods as other resources use them: made from test cards, attached to customers, charged. */
final class Cards {

    private static final String BEHAVIOUR = "_behaviour";
    private static final String ADVICE = "_advice_code";
    private static final String TIMES = "_behaviour_times";
    private static final String ATTACHES = "_attaches";
    private static final String SET_UP = "_set_up";
    private static final String SPENT = "_spent";
    private static final int FINGERPRINT_LENGTH = 16;

    private final World world;

    Cards(World world) {
        this.world = world;
    }

    /** The payment method of an id, or a new one if it is the name of a test card. */
    JsonObject resolve(Call call, String parameter, String id) {
        return TestCard.ofToken(id)
                .map(card -> create(call, card, new JsonObject()))
                .orElseGet(() -> world.objects().requireNamed(call, "payment_method", parameter, id));
    }

    /** A new payment method from {@code type}, {@code card[number|token]}, {@code billing_details} and {@code metadata}. */
    JsonObject create(Call call, JsonObject data) {
        if (!"card".equals(data.getString("type"))) {
            throw StripeError.validation("The stand-in knows cards only.", "type");
        }
        JsonObject card = object(data, "card");
        String token = card.getString("token");
        String number = card.getString("number", "").replaceAll("[ -]", "");
        Optional<TestCard> found = token == null ? TestCard.ofNumber(number) : TestCard.ofToken(token);
        return create(call, found.orElseThrow(Cards::unknownCard), data);
    }

    private static StripeError unknownCard() {
        return new StripeError(402, "card_error", "This is none of the test cards.")
                .with("code", "card_declined")
                .with("decline_code", "test_mode_live_card");
    }

    private JsonObject create(Call call, TestCard card, JsonObject data) {
        JsonObject given = object(data, "card");
        JsonObject shown = new JsonObject()
                .put("brand", card.brand())
                .put("display_brand", card.brand())
                .put("checks", new JsonObject().put("cvc_check", "pass"))
                .put("country", "US")
                .put("exp_month", expiry(given, "exp_month", 12, 1, 12))
                .put("exp_year", expiry(given, "exp_year", 2040, 2000, 2100))
                .put("fingerprint", fingerprint(card.number()))
                .put("funding", "credit")
                .put("last4", card.last4())
                .put("three_d_secure_usage", new JsonObject().put("supported", true));
        JsonObject method = new JsonObject()
                .put("id", Ids.next("pm"))
                .put("object", "payment_method")
                .put("allow_redisplay", "unspecified")
                .put("billing_details", object(data, "billing_details"))
                .put("card", shown)
                .put("created", world.clock().now())
                .put("customer", null)
                .put("livemode", false)
                .put("metadata", object(data, "metadata"))
                .put("type", "card")
                .put(BEHAVIOUR, card.behaviour())
                .put(ATTACHES, card.attaches());
        world.objects().of(call).insert(method);
        return method;
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static long expiry(JsonObject card, String name, long absent, long least, long most) {
        long value = card.containsKey(name) ? Long.parseLong(card.getString(name)) : absent;
        if (value < least || value > most) {
            throw new StripeError(402, "card_error", "The card has no such " + name + ".")
                    .with("code", name.equals("exp_month") ? "invalid_expiry_month" : "invalid_expiry_year")
                    .with("param", name);
        }
        return value;
    }

    void attach(Call call, JsonObject method, String customer) {
        String owner = method.getString("customer");
        if (customer.equals(owner)) {
            return;
        }
        if (owner != null || method.getBoolean(SPENT, false)) {
            throw StripeError.state(
                    "payment_method_unexpected_state", "This payment method belongs to a customer, or did.");
        }
        if (!method.getBoolean(ATTACHES) && behaviour(method) instanceof CardBehaviour.Declines declines) {
            throw declined(declines);
        }
        method.put("customer", customer);
        world.objects().of(call).index(method, "customer=" + customer);
        world.update(call, method, "payment_method.attached");
    }

    void detach(Call call, JsonObject method) {
        String owner = method.getString("customer");
        if (owner == null) {
            throw StripeError.state("payment_method_unexpected_state", "This payment method is attached to nobody.");
        }
        world.objects().of(call).unindex(method, "customer=" + owner);
        method.put("customer", null).put(SPENT, true);
        world.update(call, method, "payment_method.detached");
    }

    void markSetUp(Call call, JsonObject method) {
        world.update(call, method.put(SET_UP, true));
    }

    /** Whether the holder of a card has to take part now. */
    boolean asksHolder(JsonObject method, boolean offSession) {
        return behaviour(method) instanceof CardBehaviour.Authenticates(boolean alwaysAsks)
                && (alwaysAsks || !offSession || !method.getBoolean(SET_UP, false));
    }

    CardBehaviour behaviour(JsonObject method) {
        return CardBehaviour.named(method.getString(BEHAVIOUR), method.getString(ADVICE));
    }

    /** Sets what happens when this payment method is charged from now on: for some attempts, or always. */
    void behave(Call call, JsonObject method, JsonObject wanted) {
        method.put(BEHAVIOUR, wanted.getString("behaviour", "pays"))
                .put(ADVICE, wanted.getString("advice_code"))
                .put(TIMES, wanted.getInteger("times", 0))
                .put(ATTACHES, true);
        Optional.ofNullable(wanted.getString("fingerprint"))
                .ifPresent(print -> method.getJsonObject("card").put("fingerprint", print));
        world.update(call, method);
    }

    /** A behaviour that was set for some attempts ends with the last of them. */
    void countAttempt(Call call, JsonObject method) {
        int left = method.getInteger(TIMES, 0);
        if (left > 0) {
            method.put(TIMES, left - 1);
            if (left == 1) {
                method.put(BEHAVIOUR, "pays");
            }
            world.update(call, method);
        }
    }

    static StripeError declined(CardBehaviour.Declines declines) {
        StripeError refused = new StripeError(402, "card_error", declines.message());
        declines.error().forEach(field -> refused.with(field.getKey(), field.getValue()));
        return refused;
    }

    private static String fingerprint(String number) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(number.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
