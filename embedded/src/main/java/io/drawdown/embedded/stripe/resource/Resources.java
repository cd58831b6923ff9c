package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.card.CardBehaviour;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** All resources, and what the oracle does to them: what card holders, banks and networks do in the real world. */
public final class Resources {

    private final World world;
    private final Cards cards;
    private final Charges charges;
    private final Disputes disputes;
    private final PaymentAttempts attempts;
    private final SetupIntents setups;
    private final List<Route> routes;

    /** @param searchLagSeconds how old an intent must be to be found by a search */
    public Resources(AccountObjects objects, StripeClock clock, Events events, LongSupplier searchLagSeconds) {
        world = new World(objects, clock, events);
        cards = new Cards(world);
        BalanceTransactions movements = new BalanceTransactions(world);
        charges = new Charges(world, movements);
        disputes = new Disputes(world, movements);
        attempts = new PaymentAttempts(world, cards, charges, disputes);
        setups = new SetupIntents(world, cards);
        routes = Stream.of(
                        new IntentSearch(world, searchLagSeconds).routes(),
                        new PaymentIntents(world, cards, charges, attempts).routes(),
                        setups.routes(),
                        new Customers(world).routes(),
                        new PaymentMethods(world, cards).routes(),
                        charges.routes(),
                        new Refunds(world, movements).routes(),
                        disputes.routes(),
                        movements.routes(),
                        events.routes(),
                        List.of(Route.get("/v1/account", "expand[]", Resources::account)))
                .flatMap(List::stream)
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    private static JsonObject account(Call call) {
        return new JsonObject()
                .put("id", call.account())
                .put("object", "account")
                .put("business_type", "company")
                .put("charges_enabled", true)
                .put("country", "US")
                .put("default_currency", "usd")
                .put("details_submitted", true)
                .put("email", "stand-in@example.com")
                .put("metadata", new JsonObject())
                .put("payouts_enabled", true)
                .put("type", "standard");
    }

    /** A payment method that behaves as wanted, for {@code payment_method} or a new card. */
    public JsonObject behave(Call call, JsonObject wanted) {
        String id = wanted.getString("payment_method", wanted.getString("card", "pm_card_visa"));
        JsonObject method = cards.resolve(call, "payment_method", id);
        cards.behave(call, method, wanted);
        return AccountObjects.shown(method);
    }

    /** The holder of a card authenticates for a payment or setup intent, or does not. */
    public JsonObject authenticate(Call call, String id, boolean succeeded) {
        JsonObject intent = world.objects().of(call).find(id).orElseThrow(() -> StripeError.missing("intent", id));
        requireStatus(intent, "requires_action");
        JsonObject method = method(call, intent);
        try {
            if ("setup_intent".equals(intent.getString("object"))) {
                setups.authenticated(call, intent, method, succeeded);
            } else {
                attempts.authenticated(call, intent, method, succeeded);
            }
        } catch (StripeError declined) {
            return AccountObjects.shown(intent); // its holder is shown the failure; the merchant asks for the intent
        }
        return AccountObjects.shown(intent);
    }

    /** Where the holder of a card goes when they have authenticated, or an empty text. */
    public String returnUrl(Call call, String id) {
        return world.objects()
                .of(call)
                .find(id)
                .map(intent -> intent.getJsonObject("next_action"))
                .map(action -> action.getJsonObject("redirect_to_url"))
                .map(redirect -> redirect.getString("return_url"))
                .orElse("");
    }

    /** The network answers for an intent that is processing: with success or a decline. */
    public JsonObject settle(Call call, String id, JsonObject outcome) {
        JsonObject intent = world.objects().require(call, "payment_intent", id);
        requireStatus(intent, "processing");
        JsonObject method = method(call, intent);
        if (CardBehaviour.named(outcome.getString("behaviour", "pays"), outcome.getString("advice_code"))
                instanceof CardBehaviour.Declines declines) {
            var unused = attempts.decline(call, intent, method, declines);
        } else {
            attempts.succeed(call, intent, method);
        }
        return AccountObjects.shown(intent);
    }

    /** The holder of a card disputes the charge of {@code charge} or {@code payment_intent}. */
    public JsonObject dispute(Call call, JsonObject wanted) {
        String charge = wanted.getString("charge");
        if (charge == null) {
            charge = world.objects()
                    .require(call, "payment_intent", wanted.getString("payment_intent", ""))
                    .getString("latest_charge");
        }
        return AccountObjects.shown(
                disputes.open(call, charges.require(call, charge), wanted.getString("reason", "fraudulent")));
    }

    public JsonObject closeDispute(Call call, String id, boolean won) {
        return AccountObjects.shown(disputes.close(call, world.objects().require(call, "dispute", id), won));
    }

    private JsonObject method(Call call, JsonObject intent) {
        return world.objects().require(call, "payment_method", intent.getString("payment_method"));
    }

    private static void requireStatus(JsonObject intent, String status) {
        if (!status.equals(intent.getString("status"))) {
            throw StripeError.validation("The intent is " + intent.getString("status") + ", not " + status + ".", "id");
        }
    }
}
