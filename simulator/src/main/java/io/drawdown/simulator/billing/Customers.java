package io.drawdown.simulator.billing;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemState.Undecided;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    private final SimulationContext context;
    private final BillingSide side;
    private final List<String> teams = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private int items;
    private int cards;

    /** Few teams meet each other often; one history in ten has many. */
    Customers(SimulationContext context, BillingSide side, RandomGenerator random) {
        this.context = context;
        this.side = side;
        int count = random.nextInt(10) == 0 ? MANY_TEAMS : 1 + random.nextInt(4);
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
            queue(random, new ItemSpec(team, "page-" + ++items, "Page", "ada", PRICE));
        }
        ItemDocument again = item(random);
        if (again != null) {
            queue(random, again.spec());
        }
    }

    private void queue(RandomGenerator random, ItemSpec spec) {
        ask(random, "queue", core -> core.items().queue(spec));
        if (!known.contains(spec.documentId())) {
            known.add(spec.documentId());
        }
    }

    private String team(RandomGenerator random) {
        return teams.get(random.nextInt(teams.size()));
    }

    /** One that is stored; null if there is none yet, or the one that was thought of is not stored. */
    private @Nullable ItemDocument item(RandomGenerator random) {
        return known.isEmpty() ? null : side.stores().items().committed(known.get(random.nextInt(known.size())));
    }

    public void cancel(RandomGenerator random) {
        ItemDocument item = item(random);
        if (item != null) {
            ask(random, "cancel", core -> core.items().cancel(item, "cancelled", PATIENCE));
        }
    }

    public void processNow(RandomGenerator random) {
        ItemDocument item = item(random);
        if (item != null) {
            ask(random, "process", core -> core.items().processNow(item, PATIENCE));
        }
    }

    /** A person looks whether items were published, and says so. */
    public void decide(RandomGenerator random) {
        for (String id : known) {
            ItemDocument item = side.stores().items().committed(id);
            if (item != null && item.state() instanceof Undecided undecided && isOld(undecided)) {
                boolean isPublished = side.slack().has(item.chargeId());
                ask(random, "decide", core -> core.items().resolve(item, isPublished));
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
        ask(random, "tell", core -> core.items().teams().tell(team, null, target));
    }

    /** A team has another card, or the same once more. */
    public void attach(RandomGenerator random) {
        attach(random, team(random));
    }

    private void attach(RandomGenerator random, String team) {
        cards += random.nextInt(4) == 0 ? 0 : 1;
        Card card = new Card("pm_" + cards, "fp_" + team + "_" + cards, "visa", "4242");
        ask(random, "attach", core -> core.payers().attach(team, "cus_" + team, card));
    }

    /** Somebody begins a run; often one is under way. */
    public void run(RandomGenerator random) {
        long budget = Duration.ofSeconds(20 + random.nextInt(280)).toMillis();
        RunOrder order = RunOrder.of(Trigger.WORKER, null, SimulatedProcesses.ALL, budget);
        ask(random, "run", core -> core.runs().begin(order));
    }

    void mend(RandomGenerator random) {
        for (String team : teams) {
            if (known.stream()
                    .map(side.stores().items()::committed)
                    .anyMatch(item -> item != null
                            && item.spec().team().equals(team)
                            && item.status().isOpen())) {
                attach(random, team);
                ask(random, "tell", core -> core.items().teams().tell(team, null, Target.ofChannel("C1")));
            }
        }
        decide(random);
        run(random);
    }

    private void ask(RandomGenerator random, String what, Function<BillingCore, Uni<?>> question) {
        side.any(random).ifPresent(at -> at.process().run(() -> Uni.createFrom()
                .deferred(() -> question.apply(at.core()))
                .subscribe()
                .with(
                        answer -> context.counts.count(what + " answered"),
                        fault -> context.counts.count(
                                what + " " + fault.getClass().getSimpleName()))));
    }
}
