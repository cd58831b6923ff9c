package io.drawdown.simulator.purchasing;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.purchase.engine.PurchasePorts;
import io.drawdown.billing.purchase.engine.PurchaseSettings;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static io.drawdown.simulator.purchasing.ModelCredits.ACCOUNT;

/**
 * One random history: two processes with the real engines, purchases of a client and the top-up of one account, everything that can go
 * wrong at any step; then all that is wrong is mended, and every purchase must come to its end.
 */
final class PurchaseHistory {

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Pack PACK = new Pack("pack_300", 150, Credits.of(300), null);
    private static final TopUpPolicy POLICY =
            new TopUpPolicy(ModelCredits.LEAD, Duration.ofSeconds(60), 3, ZoneOffset.UTC);
    private static final List<Duration> PASSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofSeconds(65),
            Duration.ofMinutes(10),
            Duration.ofHours(7),
            Duration.ofDays(2));

    /** A process that comes back soon finds more that may still be charged than one that comes back the next day. */
    private static final List<Duration> FIRST_ROUND = List.of(Duration.ofSeconds(90), Duration.ofHours(20));

    private final Chaos chaos;
    private final Terms terms;
    private final ModelBank bank;
    private final ModelCredits credits;
    private final ModelDocuments documents;
    private final List<Runner> runners;
    private final Attempts attempts = new Attempts();

    /** How many steps are left until the process that stands still goes on. */
    private int thaw;

    private PurchaseHistory(long seed) {
        chaos = new Chaos(seed);
        terms = new Terms(Credits.of(50), PACK.name(), chaos.random.nextInt(1, 4), null);
        bank = new ModelBank(chaos);
        documents = new ModelDocuments(chaos, this::check);
        credits = new ModelCredits(chaos, terms.threshold(), this::isAutomatic, this::standStill);
        runners = List.of(new Runner(), new Runner());
    }

    /** One process. What it remembers dies with it. */
    private final class Runner {

        private final Chaos.Process process = new Chaos.Process();
        private Payers payers;
        private Purchases purchases;
        private TopUps topUps;

        Runner() {
            begin();
        }

        private void begin() {
            Scheduler scheduler = (delay, action) -> {
                chaos.answer(process, action);
                return () -> {};
            };
            payers = new Payers(documents.payersOf(process), chaos, scheduler, chaos.random);
            Charging charging = new Charging(bank.of(process), payers, (alarm, id, detail) -> {}, chaos, chaos.random);
            PurchasePorts ports = new PurchasePorts(
                    documents.purchasesOf(process),
                    charging,
                    payers,
                    credits.of(process),
                    bank.refundsOf(process),
                    (alarm, id, detail) -> {},
                    (topic, event) -> Uni.createFrom().voidItem());
            purchases = new Purchases(
                    ports, new PurchaseSettings(List.of(PACK), Duration.ofHours(1)), chaos, scheduler, chaos.random);
            topUps = new TopUps(documents.topUpsOf(process), purchases, POLICY, chaos, scheduler, chaos.random);
        }

        void run(Function<Runner, Uni<?>> action) {
            process.isBusy = true;
            int began = process.life;
            action.apply(this).subscribe().with(done -> free(began), fault -> free(began));
        }

        private void free(int began) {
            if (process.life == began) {
                process.isBusy = false;
            }
        }

        void die() {
            chaos.die(process);
            begin();
        }

        void attach() {
            Card card =
                    new Card("pm_" + chaos.random.nextInt(1000), "fp_" + chaos.random.nextInt(1000), "visa", "4242");
            run(own -> own.payers.attach(ACCOUNT, "cus_1", card).invoke(() -> own.topUps.cardAttached(ACCOUNT)));
        }

        /** The owner deletes the card that pays. */
        Uni<?> detach(Optional<PayerDocument> payer) {
            Card card = payer.isEmpty() ? null : payer.get().card();
            return card == null
                    ? Uni.createFrom().voidItem()
                    : payers.detach(ACCOUNT, card.paymentMethod()).replaceWithVoid();
        }

        void heard(AccountEvent event) {
            topUps.heard(event);
            run(own -> own.purchases.heard(event));
        }
    }

    static @Nullable String play(long seed, int steps) {
        try {
            return new PurchaseHistory(seed).played(steps);
        } catch (IllegalStateException | NullPointerException | ClassCastException e) {
            return "the engine fails: " + e;
        }
    }

    private @Nullable String played(int steps) {
        Runner first = runners.getFirst();
        chaos.isCalm = true;
        first.attach();
        chaos.settle();
        first.run(own -> own.topUps.set(ACCOUNT, terms, Optional.empty()));
        chaos.settle();
        chaos.isCalm = false;
        for (int i = 0; i < steps && chaos.finding == null; i++) {
            step();
        }
        mend();
        return chaos.finding;
    }

    private void step() {
        thaw();
        int what = chaos.random.nextInt(100);
        Runner runner = awake();
        if (what < (thaw > 0 ? 90 : 70) && !chaos.isIdle()) {
            chaos.step(); // while one stands still the other comes far
        } else if (what < 76) {
            runner.topUps.check(ACCOUNT);
        } else if (what < 80) {
            credits.spend(Credits.of(chaos.random.nextInt(1, 300)));
        } else if (what < 83 && !credits.events.isEmpty()) {
            runner.heard(credits.events.get(chaos.random.nextInt(credits.events.size())));
        } else if (what < 87) {
            runner.die();
        } else if (what < 93) {
            chaos.pass(PASSES.get(chaos.random.nextInt(PASSES.size())));
        } else {
            act(runner);
        }
    }

    /** A process stands still now and then, with a view of the account that gets old: the other goes on meanwhile. */
    private void standStill(Chaos.Process process) {
        if (thaw == 0 && chaos.chance(5)) {
            thaw = chaos.random.nextInt(40, 200);
            process.standsStill = true;
            awake().topUps.check(ACCOUNT);
        }
    }

    /** It stood still for longer than two attempts are apart. */
    private void thaw() {
        if (thaw > 0 && --thaw == 0) {
            chaos.pass(Duration.ofSeconds(65));
            runners.forEach(runner -> runner.process.standsStill = false);
        }
    }

    private Runner awake() {
        Runner runner = runners.get(chaos.random.nextInt(2));
        return runner.process.standsStill ? runners.get(1 - runners.indexOf(runner)) : runner;
    }

    private void act(Runner runner) {
        if (runner.process.isBusy) {
            return;
        }
        switch (chaos.random.nextInt(18)) {
            case 0, 1, 2 -> buy(runner, "key-" + chaos.random.nextInt(3));
            case 3 -> turnCard();
            case 4 -> runner.attach();
            case 5 -> runner.run(own -> own.topUps.set(ACCOUNT, terms, Optional.empty()));
            case 6 -> runner.run(own -> own.topUps.remove(ACCOUNT));
            case 7 -> credits.burn(Credits.of(chaos.random.nextInt(4)));
            case 8 -> runner.run(own -> own.payers.find(ACCOUNT).chain(own::detach));
            case 9 -> {
                if (chaos.random.nextInt(6) == 0) {
                    credits.status = StandingStatus.CLOSED; // for ever
                }
            }
            default -> work(runner);
        }
    }

    /** Cards have money again, or the one that pays has none. */
    private void turnCard() {
        bank.fill();
        PayerDocument payer = documents.payers.get(ACCOUNT);
        if (payer != null && payer.card() != null && chaos.random.nextInt(3) == 0) {
            bank.drain(payer.card().fingerprint());
        }
    }

    private void buy(Runner runner, String key) {
        PurchaseSpec spec = new PurchaseSpec(ACCOUNT, PACK, "hash", false, false, chaos.now());
        runner.run(own -> own.purchases.buy(PurchaseSpec.idOf(ACCOUNT, key), spec, PATIENCE));
    }

    private void work(Runner runner) {
        List<PurchaseDocument> all = new ArrayList<>(documents.purchases.values());
        if (!all.isEmpty()) {
            PurchaseDocument some = all.get(chaos.random.nextInt(all.size()));
            runner.run(own -> own.purchases.work(some, PATIENCE));
        }
    }

    /** What must hold at every moment. */
    private void check() {
        TopUpDocument rule = documents.topUps.get(ACCOUNT);
        if (rule != null) {
            attempts.check(rule, credits.wasLow).ifPresent(chaos::find);
        }
        Stream<PurchaseDocument> automatic =
                documents.purchases.values().stream().filter(each -> each.spec().isAutomatic());
        if (automatic.filter(each -> !each.status().isOver()).count() > 1) {
            chaos.find("two purchases of a top-up at once");
        }
        for (PurchaseDocument purchase : documents.purchases.values()) {
            int taken = bank.taken(purchase.id());
            if (taken > 1) {
                chaos.find(purchase.id() + " was charged twice");
            }
            if (purchase.receipt() != null && taken != 1) {
                chaos.find(purchase.id() + " has a receipt, and no money was taken");
            }
        }
    }

    private boolean isAutomatic(String purchase) {
        return Objects.requireNonNull(documents.purchases.get(purchase)).spec().isAutomatic();
    }

    /** Everything works again; then each purchase ends within a few rounds, and the top-up buys when it should. */
    private void mend() {
        runners.forEach(Runner::die);
        chaos.isCalm = true;
        chaos.settle();
        bank.fill();
        boolean hasCard = chaos.random.nextBoolean();
        if (!hasCard) {
            settled(own -> own.run(same -> same.payers.find(ACCOUNT).chain(same::detach)));
        }
        for (int round = 0; round < 8; round++) {
            chaos.pass(round == 0 ? FIRST_ROUND.get(chaos.random.nextInt(FIRST_ROUND.size())) : Duration.ofHours(20));
            if (hasCard) {
                settled(Runner::attach);
            }
            settled(own -> own.topUps.check(ACCOUNT));
            for (PurchaseDocument each : List.copyOf(documents.purchases.values())) {
                settled(own -> own.run(same -> same.purchases.work(each, PATIENCE)));
            }
        }
        documents.purchases.values().forEach(this::checkEnd);
        settled(Runner::attach);
        checkTopUp();
    }

    private void settled(Consumer<Runner> action) {
        action.accept(runners.getFirst());
        chaos.settle();
    }

    private void checkEnd(PurchaseDocument purchase) {
        if (!purchase.status().isOver() || purchase.status() == PurchaseStatus.DEAD) {
            chaos.find(purchase.id() + " is stuck as " + purchase.status());
            return;
        }
        int taken = bank.taken(purchase.id());
        boolean isBack = purchase.receipt() != null
                && bank.isGivenBack(purchase.receipt().intent());
        Credits given = credits.grants.getOrDefault(purchase.id(), Credits.ZERO);
        int granted = given.isPositive() ? 1 : 0;
        boolean fits =
                switch (purchase.status()) {
                    case GRANTED -> taken == 1 && !isBack && granted == 1;
                    case REFUNDED -> taken == 1 && isBack && granted == 0;
                    default -> taken == 0 && !isBack && granted == 0;
                };
        if (!fits) {
            chaos.find(purchase.id() + " is " + purchase.status() + ", taken " + taken + ", given back " + isBack
                    + ", granted " + granted);
        }
    }

    private void checkTopUp() {
        boolean isClosed = credits.status == StandingStatus.CLOSED;
        settled(own -> own.run(same -> same.topUps.set(ACCOUNT, terms, Optional.empty())));
        chaos.pass(Duration.ofDays(2));
        credits.burn(Credits.ZERO);
        credits.spend(credits.balance);
        settled(own -> own.topUps.check(ACCOUNT));
        TopUpDocument rule = Objects.requireNonNull(documents.topUps.get(ACCOUNT));
        if (rule.progress().inFlight() != null) {
            chaos.find("the top-up is stuck: " + rule.progress());
        }
        if (!isClosed && !credits.balance.equals(PACK.credits())) {
            chaos.find("the top-up does not buy: " + rule);
        }
    }
}
