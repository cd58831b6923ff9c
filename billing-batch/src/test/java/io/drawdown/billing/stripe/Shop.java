package io.drawdown.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.service.V1Services;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.GuardedOwner;
import io.drawdown.billing.charge.engine.Moved;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.payer.Payers;
import io.drawdown.embedded.stripe.EmbeddedStripe;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Predicate;

/** Everything that charges, real, but for the stores: against a Stripe-compatible server. */
final class Shop implements AutoCloseable {

    private static final String KEY = "rk_test_ofTheShop0123456789abcdef01234567";
    private static final String PAYER = "team-1";

    private final EmbeddedStripe stripe = EmbeddedStripe.start(null, 0);
    private final HttpClient http = HttpClient.newHttpClient();
    final LoopThread core = new LoopThread();
    private final Random random = new Random(1);
    private final Items items = new Items();
    private final StripePayments payments;
    private final StripeCards cards;
    private final Payers payers;
    private final Charging charging;
    private final GuardedWrites<Item> writes;
    private String customer = "";
    private String attached = "";

    /** A document with a charge. */
    record Item(String id, long rev, String writeId, Charge charge) implements GuardedDocument {

        Item written(String newWriteId) {
            return new Item(id, rev + 1, newWriteId, charge);
        }
    }

    /** A write of a charge that the process does not live to make. */
    static final class Items extends MemoryStore<Item> {

        private volatile Predicate<Charge> killedBefore = charge -> false;

        @Override
        public Uni<Boolean> replace(Item before, Item next) {
            return killedBefore.test(next.charge())
                    ? Uni.createFrom().failure(new OutcomeUnknown("killed"))
                    : super.replace(before, next);
        }
    }

    private static final class MemoryPayers extends MemoryStore<PayerDocument> implements PayerStore {}

    Shop() {
        StripeSettings settings = new StripeSettings(
                KEY,
                URI.create(stripe.url()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                new StripeSettings.Rates(1_000, 1_000),
                16);
        StripeCalls calls = new StripeCalls(settings, core, core);
        payments = new StripePayments(calls);
        cards = new StripeCards(calls);
        payers = new Payers(new PayerStores(new MemoryPayers(), new MemoryStore<>()), core, core, random);
        Alarms alarms = (alarm, charge, detail) -> {};
        charging = new Charging(payments, payers, alarms, core, random);
        writes = new GuardedWrites<>(items, Item::written, document -> {}, core, core, random);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }

    /** The payer gets a card with that behaviour. */
    void attach(JsonObject behaviour) throws StripeException, IOException, InterruptedException {
        V1Services sdk = sdk();
        if (customer.isEmpty()) {
            customer = sdk.customers()
                    .create(CustomerCreateParams.builder().build())
                    .getId();
        }
        String card = behaviour.containsKey("token")
                ? behaviour.getString("token")
                : oracle("POST", "cards", behaviour).getString("id");
        attached = sdk.paymentMethods()
                .attach(
                        card,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer)
                                .build())
                .getId();
        Card known = await(cards.card(attached, customer)).orElseThrow();
        await(payers.attach(PAYER, customer, known));
    }

    /** Without telling anybody. */
    void detachAtStripe() throws StripeException {
        sdk().paymentMethods().detach(attached);
    }

    private V1Services sdk() {
        return StripeClient.builder()
                .setApiKey(KEY)
                .setApiBase(stripe.url())
                .build()
                .v1();
    }

    void queue(String id, boolean isOffSession) {
        Terms terms = new Terms(PAYER, 799, Terms.USD, "item:" + id, isOffSession);
        await(writes.insert(new Item(id, 0, "", Charge.queued(id, terms, core.now()))));
    }

    /** As a new process would, once the calls of former ones are over. */
    Moved move(String id) {
        core.skip(Duration.ofSeconds(61));
        GuardedOwner<Item> owner = new GuardedOwner<>(items, writes, new ItemLens(), id);
        return await(charging.move(owner, Turn.unfenced(() -> Duration.ofMinutes(5))));
    }

    private static final class ItemLens implements GuardedOwner.Lens<Item> {
        @Override
        public Charge chargeOf(Item document) {
            return document.charge();
        }

        @Override
        public Item with(Item document, Charge next, Instant now) {
            return new Item(document.id(), document.rev(), document.writeId(), next);
        }
    }

    void wish(String id) {
        Item item = await(items.get(id)).orElseThrow();
        await(writes.change(
                item,
                (current, now) -> current.charge().wish() != null
                        ? null
                        : new Item(
                                id,
                                current.rev(),
                                current.writeId(),
                                current.charge().wished("not needed", now))));
    }

    Charge charge(String id) {
        return await(items.get(id)).orElseThrow().charge();
    }

    void killBefore(Predicate<Charge> write) {
        items.killedBefore = write;
    }

    /** How many charges of it took money at Stripe. */
    int taken(String id) throws IOException, InterruptedException {
        return oracle("GET", "charges?metadata[charge]=" + id, new JsonObject()).getInteger("count");
    }

    int declined(String id) throws IOException, InterruptedException {
        return oracle("GET", "charges?metadata[charge]=" + id, new JsonObject()).getInteger("declined");
    }

    JsonObject oracle(String method, String path, JsonObject body) throws IOException, InterruptedException {
        String escaped = path.replace("[", "%5B").replace("]", "%5D");
        HttpRequest request = HttpRequest.newBuilder(URI.create(stripe.url() + "/_oracle/" + escaped))
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return new JsonObject(answer.body());
    }

    @Override
    public void close() {
        http.close();
        core.close();
        stripe.close();
    }
}
