package io.drawdown.simulator.billing;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemState.Undecided;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.payer.Cards.Agreement;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.simulator.billing.passes.SimulatedProcesses;
import io.drawdown.simulator.stripe.ModelVault;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Teams that queue items and have cards, and those who begin runs. */
public final class Customers {

    /** Counts the teams of a history. */
    public static final String TEAMS = "teams";

    private static final Duration PATIENCE = Duration.ofSeconds(55);
    private static final Duration BEFORE_DECIDING = Duration.ofMinutes(1);
    private static final int MANY_TEAMS = 300;
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_AT_ONCE_OF_MANY = 16;
    private static final long PRICE = 799;
    private static final long LOW_PRICE = 99;
    private static final long CAP = 10_000;
    private static final long LOW_CAP = 500;
    private static final long SECOND = 1_000_000_000;

    private final SimulationContext context;
    private final BillingSide side;
    private final List<String> teams = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private final Map<String, String> fingerprints = new HashMap<>();
    private int items;
    private int cards;

    /** Few teams meet each other often; one history in thirty has many. */
    Customers(SimulationContext context, BillingSide side, RandomGenerator random) {
        this.context = context;
        this.side = side;
        int count = random.nextInt(30) == 0 ? MANY_TEAMS : 1 + random.nextInt(4);
        for (int each = 1; each <= count; each++) {
            teams.add("team-" + each);
        }
        context.counts.add(TEAMS, count);
    }

    /** A team queues new items, or some that are known. */
    public void queue(RandomGenerator random) {
        String team = team(random);
        int count = 1 + random.nextInt(teams.size() == MANY_TEAMS ? MOST_AT_ONCE_OF_MANY : MOST_AT_ONCE);
        for (int each = 0; each < count; each++) {
            queue(random, new ItemSpec(team, "page-" + ++items, "Page", "ada", price(random)));
        }
        ItemDocument again = item(random);
        if (again != null) {
            queue(random, again.spec());
        }
    }

    private static long price(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> LOW_PRICE;
            default -> PRICE;
        };
    }

    private void queue(RandomGenerator random, ItemSpec spec) {
        side.ask(random, "queue", core -> core.items().queue(spec));
        if (!known.contains(spec.documentId())) {
            known.add(spec.documentId());
        }
    }

    String team(RandomGenerator random) {
        return teams.get(random.nextInt(teams.size()));
    }

    /** One that is stored; null if there is none yet, or the one that was thought of is not stored. */
    private @Nullable ItemDocument item(RandomGenerator random) {
        return known.isEmpty() ? null : side.stores().items().committed(known.get(random.nextInt(known.size())));
    }

    public void cancel(RandomGenerator random) {
        ItemDocument item = item(random);
        if (item != null) {
            side.ask(random, "cancel", core -> core.items().cancel(item, "cancelled", PATIENCE));
        }
    }

    /** Somebody wants items of one team processed now, all at once. */
    public void processNow(RandomGenerator random) {
        ItemDocument item = item(random);
        if (item != null) {
            String team = item.spec().team();
            side.stores()
                    .items()
                    .committed(other -> isOpen(other, team), null, MOST_AT_ONCE)
                    .forEach(other ->
                            side.ask(random, "process", core -> core.items().processNow(other, PATIENCE)));
            side.ask(random, "process", core -> core.items().processNow(item, PATIENCE));
        }
    }

    private static boolean isOpen(ItemDocument item, String team) {
        return item.spec().team().equals(team) && item.status().isOpen();
    }

    /** A person looks whether items were published, and says so. */
    public void decide(RandomGenerator random) {
        for (String id : known) {
            ItemDocument item = side.stores().items().committed(id);
            if (item != null && item.state() instanceof Undecided undecided && isOld(undecided)) {
                boolean isPublished = side.slack().has(item.chargeId());
                side.ask(random, "decide", core -> core.items().resolve(item, isPublished));
            }
        }
    }

    /** What was under way when it became unclear is there by now. */
    private boolean isOld(Undecided undecided) {
        return undecided.since().plus(BEFORE_DECIDING).isBefore(side.database().now());
    }

    /** A team says where its items are published. */
    public void tell(RandomGenerator random) {
        String team = team(random);
        Target target = random.nextInt(5) == 0 ? Target.ofWebhook("https://hooks.example/x") : Target.ofChannel("C1");
        tell(random, team, target);
    }

    private void tell(RandomGenerator random, String team, Target target) {
        TeamDocument.Profile profile = new TeamDocument.Profile(null, null, target);
        side.ask(random, "tell", core -> core.items().teams().tell(team, profile));
    }

    /** A team wants to pay with another card, or with the same once more; some do not finish that. */
    public void attach(RandomGenerator random) {
        boolean isFinished = random.nextInt(8) > 0;
        attach(random, team(random), random.nextInt(8) == 0 ? LOW_CAP : CAP, isFinished);
    }

    private void attach(RandomGenerator random, String team, long cap, boolean isFinished) {
        Agreement agreement = new Agreement("ada", "1", cap);
        long delay = random.nextLong(5 * SECOND);
        side.ask(random, "set up", core -> core.cards()
                .customers()
                .open(team, null)
                .chain(payer -> core.cards().cards().begin(payer, agreement))
                .invoke(begun -> {
                    if (isFinished) {
                        context.timeline.after(delay, () -> finish(random, team, begun.id()));
                    }
                }));
    }

    /** The owner of the card finishes at Stripe; some come back and say so. */
    private void finish(RandomGenerator random, String team, String setup) {
        ModelVault vault = side.stripe().vault;
        vault.setup(setup)
                .filter(waiting -> waiting.card() == null)
                .ifPresent(waiting -> vault.finish(waiting, card(random, team)));
        if (random.nextBoolean()) {
            side.ask(random, "finish", core -> core.cards().cards().finish(team, setup));
        }
    }

    /** Some teams pay with the same card. */
    private Card card(RandomGenerator random, String team) {
        cards++;
        String fingerprint =
                switch (random.nextInt(8)) {
                    case 0, 1 -> fingerprints.getOrDefault(team, "fp_" + team + "_0");
                    case 2 -> "fp_shared";
                    default -> "fp_" + team + "_" + cards;
                };
        fingerprints.put(team, fingerprint);
        return new Card("pm_" + cards, fingerprint, "visa", "4242");
    }

    /** A team takes the card away that it pays with. */
    public void detach(RandomGenerator random) {
        String team = team(random);
        PayerDocument payer = side.stores().payers().committed(team);
        Card card = payer == null ? null : payer.card();
        if (payer != null && card != null) {
            side.ask(random, "detach", core -> core.cards().cards().detach(payer, card.paymentMethod()));
        }
    }

    /** Somebody begins a run; often one is under way. */
    public void run(RandomGenerator random) {
        long budget = Duration.ofSeconds(20 + random.nextInt(280)).toMillis();
        RunOrder order = RunOrder.of(Trigger.WORKER, null, SimulatedProcesses.ALL, budget);
        side.ask(random, "run", core -> core.runs().begin(order));
    }

    void mend(RandomGenerator random) {
        Set<String> waiting = side.waiting();
        for (String team : teams) {
            if (waiting.contains(team)) {
                attach(random, team, CAP, true);
                tell(random, team, Target.ofChannel("C1"));
            }
        }
        decide(random);
        run(random);
    }
}
