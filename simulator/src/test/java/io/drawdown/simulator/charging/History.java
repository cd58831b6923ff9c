package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.ChargeOwner;
import io.drawdown.simulator.stripe.ModelStripe;
import io.drawdown.simulator.stripe.ModelStripe.Behaviour;
import io.drawdown.simulator.stripe.ModelStripe.Held;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One random history: up to three charges of one payer, two runners, everything that can go wrong; then all that is wrong is
 * mended, and every charge must end. One in five histories has no faults: there one bad card is one decline.
 */
final class History {

    private static final String PAYER = "team-1";
    private static final String CUSTOMER = "cus_1";
    private static final List<Duration> PASSES = List.of(
            Duration.ofSeconds(20),
            Duration.ofSeconds(70),
            Duration.ofMinutes(12),
            Duration.ofHours(5),
            Duration.ofHours(22),
            Duration.ofHours(25),
            Duration.ofDays(8));

    private static final int MOST_ROUNDS = 6;

    /** A card that a customer may type in. */
    private static final Card OTHER = new Card("pm_other", "fp_other", "visa", "0002");

    private static final List<String> IN_PERSON = List.of("stolen_card", "insufficient_funds");

    private final World world;
    private final Stores stores;
    private final ModelStripe stripe;
    private final StripeWatch watch;
    private final List<Runner> runners;
    private final boolean isFaultless;
    private int cards;
    private int methods;
    private long fence;

    private History(long seed, @Nullable StringBuilder story) {
        world = new World(seed, story);
        stores = new Stores(world);
        stripe = new ModelStripe(world);
        watch = new StripeWatch(stripe);
        isFaultless = world.random.nextInt(5) == 0;
        runners = List.of(new Runner(world, stores, stripe, watch), new Runner(world, stores, stripe, watch));
    }

    /** What is wrong; null if nothing is. */
    static @Nullable String play(long seed, int steps) {
        return play(seed, steps, null);
    }

    /** @param story gets a line for each event */
    static @Nullable String play(long seed, int steps, @Nullable StringBuilder story) {
        try {
            return new History(seed, story).played(steps);
        } catch (IllegalStateException | NullPointerException | ClassCastException e) {
            return "the engine fails: " + e;
        }
    }

    private @Nullable String played(int steps) {
        prepare();
        world.isCalm = isFaultless;
        for (int i = 0; i < steps && world.finding == null; i++) {
            if (isFaultless) {
                calmStep();
            } else {
                step();
            }
        }
        if (isFaultless && watch.declinesSinceChange.values().stream().anyMatch(count -> count > 1)) {
            world.find("one bad card is declined more than once");
        }
        mend();
        return world.finding == null ? new Ledger(stores, stripe, watch, world).finding() : world.finding;
    }

    private void prepare() {
        int count = 1 + world.random.nextInt(3);
        for (int item = 0; item < count; item++) {
            long cents = world.random.nextInt(12) == 0 ? 0 : 799;
            Terms terms = new Terms(PAYER, cents, Terms.USD, "item:" + item, world.random.nextInt(4) > 0);
            stores.add(Charge.queued("chg-" + item, terms, world.now()));
        }
        world.isCalm = true;
        if (world.random.nextInt(6) > 0) {
            attach();
        }
        if (world.random.nextInt(2) == 0) {
            misbehave();
        }
    }

    private void attach() {
        cards += world.random.nextInt(3) == 0 ? 0 : 1;
        Card card = new Card("pm_" + ++methods, "fp_" + cards, "visa", "4242");
        var unused = runners.getFirst()
                .payers
                .attach(PAYER, CUSTOMER, card)
                .subscribe()
                .with(done -> {}, fault -> {});
        watch.declinesSinceChange.clear();
        if (world.isCalm) {
            settle();
        }
    }

    /** The owner takes the card away that pays. */
    private void delete() {
        Card card = stores.payers.get(PAYER) == null
                ? null
                : stores.payers.get(PAYER).card();
        if (card == null) {
            return;
        }
        var unused = runners.getFirst()
                .payers
                .detach(PAYER, card.paymentMethod())
                .subscribe()
                .with(done -> stores.deleted.put(card.paymentMethod(), stores.ticks++), fault -> {});
        if (world.isCalm) {
            settle();
        }
    }

    private void misbehave() {
        Behaviour[] all = Behaviour.values();
        stripe.cards.put("fp_" + cards, all[world.random.nextInt(all.length)]);
    }

    /** Without faults: the runners move one charge after the other, within the rest of a declined card. */
    private void calmStep() {
        if (!world.isIdle()) {
            world.step();
            return;
        }
        Runner idle = runners.get(world.random.nextInt(2));
        if (!idle.isBusy) {
            idle.move(world.random.nextInt(stores.charges.size()), 0);
        }
    }

    private void step() {
        int what = world.random.nextInt(100);
        if (what < 66 && !world.isIdle()) {
            world.step();
        } else if (what < 82) {
            start(runners.get(world.random.nextInt(2)));
        } else if (what < 86) {
            runners.get(world.random.nextInt(2)).die();
        } else if (what < 92) {
            world.pass(PASSES.get(world.random.nextInt(PASSES.size())));
        } else {
            happen(world.random.nextInt(11));
        }
    }

    private void start(Runner runner) {
        if (runner.isBusy) {
            return;
        }
        int item = world.random.nextInt(stores.charges.size());
        if (world.random.nextInt(4) == 0) {
            runner.hint(item);
        } else {
            runner.move(item, world.random.nextBoolean() ? 0 : ++fence);
        }
    }

    private void happen(int what) {
        switch (what) {
            case 0 -> wish(world.random.nextInt(stores.charges.size()));
            case 1, 2 -> attach();
            case 3, 4 -> misbehave();
            case 5 -> stripe.cards.clear();
            case 6 -> stripe.intents.values().forEach(this::customerActs);
            case 7 -> stripe.intents.values().forEach(this::bankActs);
            case 8 -> somebodyActs();
            case 9 -> delete();
            default -> stripe.isOtherAccount = world.random.nextInt(4) == 0;
        }
    }

    private void wish(int item) {
        stores.write(item, stores.charge(item).wished("not needed", world.now()));
    }

    /** They may pay, or fail with whatever card and pay later. */
    private void customerActs(Held held) {
        boolean isPayable = held.status == Status.REQUIRES_ACTION || held.status == Status.REQUIRES_PAYMENT_METHOD;
        if (!held.isOpen() || !isPayable || world.random.nextInt(3) == 0) {
            return;
        }
        watch.touched.add(held.id);
        Card card = world.random.nextBoolean() ? OTHER : Objects.requireNonNull(held.card());
        boolean isPaid = world.random.nextBoolean();
        String code = isPaid ? "" : IN_PERSON.get(world.random.nextInt(2));
        stripe.inPerson(held, card, isPaid ? null : new Decline("card_declined", code, null));
    }

    private void bankActs(Held held) {
        if (held.status == Status.PROCESSING && world.random.nextBoolean()) {
            stripe.succeed(held);
        } else if (held.status == Status.PROCESSING) {
            stripe.failed(held, new Decline("card_declined", "do_not_honor", null));
        } else if (held.status == Status.REQUIRES_CAPTURE) {
            stripe.succeed(held);
        }
    }

    /** A card is removed at Stripe, or an intent is cancelled there, and nobody tells. */
    private void somebodyActs() {
        if (world.random.nextInt(3) > 0 && stores.payers.get(PAYER) != null) {
            Card card = stores.payers.get(PAYER).card();
            if (card != null) {
                stripe.vault.detach(card);
            }
            return;
        }
        for (Held held : stripe.intents.values()) {
            if (held.status == Status.REQUIRES_PAYMENT_METHOD) {
                stripe.cancel(held);
                watch.touched.add(held.id);
            }
        }
    }

    /** Everything works again, and there is a good card; then each charge ends within a few moves. */
    private void mend() {
        runners.forEach(Runner::die);
        world.isCalm = true;
        settle();
        stripe.isOtherAccount = false;
        stripe.cards.clear();
        hint();
        if (world.random.nextInt(3) == 0) {
            goWithoutCard();
        }
        for (int round = 0; round < MOST_ROUNDS && !isOver(); round++) {
            world.pass(Duration.ofDays(9));
            stripe.intents.values().forEach(this::bankActs);
            cards += 7;
            attach();
            for (int item = 0; item < stores.charges.size(); item++) {
                runners.getFirst().move(item, 0);
                settle();
            }
        }
        stores.charges.stream()
                .map(ChargeOwner.Stored::charge)
                .filter(charge -> !charge.isOver())
                .forEach(charge ->
                        world.find("a charge is stuck as " + charge.state().name()));
    }

    /** No call is under way any more, so every hint is used; none is told for ever. */
    private void hint() {
        world.pass(Duration.ofMinutes(2));
        for (int item = 0; item < stores.charges.size(); item++) {
            runners.getFirst().hint(item);
            settle();
            if (!runners.getFirst().isHintUsed) {
                world.find("a hint is never used");
            }
        }
    }

    /** Nothing is under way for long that has no card. */
    private void goWithoutCard() {
        delete();
        for (int round = 0; round < 2; round++) {
            world.pass(Duration.ofMinutes(2));
            for (int item = 0; item < stores.charges.size(); item++) {
                runners.getFirst().move(item, 0);
                settle();
            }
        }
        stores.charges.stream()
                .map(each -> each.charge().state())
                .filter(state -> state instanceof ChargeState.Preparing || state instanceof ChargeState.Confirming)
                .forEach(state -> world.find("there is no card, and a charge is " + state.name()));
    }

    private boolean isOver() {
        return stores.charges.stream().allMatch(each -> each.charge().isOver());
    }

    private void settle() {
        for (int i = 0; !world.isIdle(); i++) {
            if (i > 10_000) {
                world.find("it never rests");
                return;
            }
            world.step();
        }
    }
}
