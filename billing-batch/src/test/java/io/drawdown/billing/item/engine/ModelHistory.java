package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemState;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.testing.PlainFence;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One random history: two processes with the real engine, up to six items of one team, everything that can go wrong at any step; then
 * all that is wrong is mended, and every item must come to its end.
 */
final class ModelHistory {

    private static final String TEAM = "acme";
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final List<Duration> PASSES = List.of(
            Duration.ofSeconds(15),
            Duration.ofSeconds(65),
            Duration.ofMinutes(10),
            Duration.ofHours(7),
            Duration.ofDays(2));

    private final Chaos chaos;
    private final ModelBank bank;
    private final ModelSlack slack;
    private final ModelStores stores;
    private final List<Runner> runners;
    private final int count;

    private ModelHistory(long seed) {
        chaos = new Chaos(seed);
        bank = new ModelBank(chaos);
        slack = new ModelSlack(chaos);
        stores = new ModelStores(chaos, this::check);
        runners = List.of(new Runner(), new Runner());
        count = 1 + chaos.random.nextInt(6);
    }

    /** One process. */
    private final class Runner implements EventPublisher {

        private final Chaos.Process process = new Chaos.Process();
        private Payers payers;
        private Items items;

        Runner() {
            start();
        }

        /** What it knew is gone; what it sent may arrive. */
        void die() {
            chaos.die(process);
            start();
        }

        private void start() {
            Scheduler scheduler = (delay, action) -> {
                chaos.answer(process, action);
                return () -> {};
            };
            payers = new Payers(stores.payersOf(process), chaos, scheduler, chaos.random);
            Charging charging = new Charging(bank.of(process), payers, (alarm, id, detail) -> {}, chaos, chaos.random);
            Items.Ports ports = new Items.Ports(stores.of(process), charging, payers, slack.of(process), this);
            items = new Items(ports, ItemSettings.DEFAULT, chaos, scheduler, chaos.random);
        }

        @Override
        public Uni<Void> publish(Topic topic, CloudEvent event) {
            return Uni.createFrom().voidItem();
        }

        void run(Function<Items, Uni<?>> action) {
            process.isBusy = true;
            int began = process.life;
            action.apply(items).subscribe().with(done -> free(began), fault -> free(began));
        }

        private void free(int began) {
            if (process.life == began) {
                process.isBusy = false;
            }
        }
    }

    static @Nullable String play(long seed, int steps) {
        try {
            return new ModelHistory(seed).played(steps);
        } catch (IllegalStateException | NullPointerException | ClassCastException e) {
            return "the engine fails: " + e;
        }
    }

    private @Nullable String played(int steps) {
        chaos.isCalm = true;
        runners.getFirst()
                .run(items -> items.teams().tell(TEAM, new TeamDocument.Profile(null, null, Target.ofChannel("C1"))));
        chaos.settle();
        attach();
        chaos.settle();
        chaos.isCalm = false;
        for (int i = 0; i < steps && chaos.finding == null; i++) {
            step();
        }
        mend();
        return chaos.finding;
    }

    private void step() {
        int what = chaos.random.nextInt(100);
        if (what < 70 && !chaos.isIdle()) {
            chaos.step();
            return;
        }
        Runner runner = runners.get(chaos.random.nextInt(2));
        if (what < 86) {
            act(runner);
        } else if (what < 90) {
            runner.die();
        } else if (what < 96) {
            chaos.pass(PASSES.get(chaos.random.nextInt(PASSES.size())));
        } else if (what < 98) {
            bank.isCardBad = chaos.random.nextInt(3) == 0;
        } else {
            attach();
        }
    }

    private void act(Runner runner) {
        ItemSpec spec = spec(chaos.random.nextInt(count));
        ItemDocument item = stores.items.get(spec.documentId());
        if (runner.process.isBusy) {
            return;
        }
        if (item == null) {
            runner.run(items -> items.queue(spec));
            return;
        }
        switch (chaos.random.nextInt(14)) {
            case 0 -> runner.run(items -> items.queue(spec));
            case 1 -> runner.run(items -> items.cancel(item, "cancelled", PATIENCE));
            case 2 -> runner.run(items -> items.processNow(item, PATIENCE));
            case 3 ->
                runner.run(items ->
                        items.expire(item, chaos.now().minus(Duration.ofDays(30)), new PlainFence(1), () -> PATIENCE));
            case 4 -> resolve(runner, item);
            default -> runner.run(items -> items.work(item, Turn.unfenced(() -> PATIENCE)));
        }
    }

    private ItemDocument stored(String id) {
        return Objects.requireNonNull(stores.items.get(id));
    }

    /** A person looks, and says what is true. */
    private void resolve(Runner runner, ItemDocument item) {
        if (item.state() instanceof ItemState.Undecided) {
            boolean isThere = slack.messages.containsKey(item.chargeId());
            runner.run(items -> items.resolve(item, isThere));
        }
    }

    private void attach() {
        Card card = new Card("pm_" + chaos.random.nextInt(1000), "fp_" + chaos.random.nextInt(1000), "visa", "4242");
        var unused = runners.getFirst()
                .payers
                .attach(TEAM, "cus_1", card)
                .subscribe()
                .with(done -> {}, fault -> {});
    }

    private static ItemSpec spec(int n) {
        return new ItemSpec(TEAM, "page-" + n, "Page " + n, "ada", 799);
    }

    /** What must hold of every document at every moment. */
    private void check(ItemDocument item) {
        boolean isPaid = item.charge() != null
                && item.charge().state() instanceof ChargeState.Charged charged
                && charged.receipt() != null;
        int taken = bank.taken.getOrDefault(item.id(), 0);
        if (taken > 1) {
            chaos.find(item.id() + " was charged twice");
        }
        if (isPaid && taken != 1) {
            chaos.find(item.id() + " has a receipt, and no money was taken");
        }
        if (item.wasPublishing() && !isPaid && !item.isFree()) {
            chaos.find(item.id() + " is published unpaid");
        }
        long free = stores.items.values().stream()
                .filter(each -> each.isFree() && each.wasPublishing())
                .count();
        if (free > TeamDocument.FREE_PLACES) {
            chaos.find(free + " items of a team are free");
        }
        if (slack.messages.values().stream().anyMatch(posted -> posted > 1)) {
            chaos.find("published twice: " + slack.messages);
        }
    }

    /** Everything works again; then each item ends within a few rounds. */
    private void mend() {
        runners.forEach(Runner::die);
        chaos.isCalm = true;
        chaos.settle();
        bank.isCardBad = false;
        Runner runner = runners.getFirst();
        for (int round = 0; round < 8; round++) {
            chaos.pass(Duration.ofDays(9));
            attach();
            chaos.settle();
            for (ItemDocument item : new ArrayList<>(stores.items.values())) {
                resolve(runner, item);
                chaos.settle();
                runner.run(items -> items.processNow(stored(item.id()), PATIENCE));
                chaos.settle();
                runner.items.outbox().offered(stored(item.id())); // as a sweep does
                chaos.settle();
            }
        }
        stores.items.values().forEach(this::checkEnd);
        checkPlaces();
    }

    private void checkEnd(ItemDocument item) {
        boolean isOver = item.status() == ItemStatus.PUBLISHED || item.status() == ItemStatus.CANCELLED;
        if (!isOver) {
            chaos.find(item.id() + " is stuck as " + item.status());
        }
        int taken = bank.taken.getOrDefault(item.id(), 0);
        if (item.status() == ItemStatus.CANCELLED && taken != 0) {
            chaos.find(item.id() + " is cancelled, and money was taken");
        }
        if (item.status() == ItemStatus.PUBLISHED && taken != (item.isFree() ? 0 : 1)) {
            chaos.find(item.id() + " is published, and money was taken " + taken + " times");
        }
        if (item.status() == ItemStatus.PUBLISHED && slack.messages.getOrDefault(item.chargeId(), 0) != 1) {
            chaos.find(item.id() + " is published, and posted " + slack.messages.get(item.chargeId()) + " times");
        }
        if (!item.outbox().unsent().isEmpty()) {
            chaos.find(item.id() + " keeps its events");
        }
    }

    /** No place is lost: further items have what cancelled ones left. */
    private void checkPlaces() {
        Runner runner = runners.getFirst();
        for (int n = 100; n < 103; n++) {
            ItemSpec spec = spec(n);
            runner.run(items -> items.queue(spec));
            chaos.settle();
            runner.run(items -> items.processNow(stored(spec.documentId()), PATIENCE));
            chaos.settle();
        }
        long free = stores.items.values().stream()
                .filter(each -> each.status() == ItemStatus.PUBLISHED && each.isFree())
                .count();
        if (free != TeamDocument.FREE_PLACES) {
            chaos.find(free + " items of a team are free at the end");
        }
    }
}
