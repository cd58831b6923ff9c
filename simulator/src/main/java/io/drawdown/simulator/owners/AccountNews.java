package io.drawdown.simulator.owners;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.json.Json;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What owners hear of their accounts: that a hold is overdue; soon, late, or never, that credits are needed that they do not use. */
final class AccountNews {

    private static final long MILLI = 1_000_000;
    private static final int SOON = 60;
    private static final int LATE = 3_000;

    private final SimulationContext context;
    private final Supplier<List<Owner>> owners;
    private final Consumer<String> overdue;
    private final RandomGenerator random;

    AccountNews(SimulationContext context, Supplier<List<Owner>> owners, Consumer<String> overdue) {
        this.context = context;
        this.owners = owners;
        this.overdue = overdue;
        this.random = context.random("asked back");
    }

    void published(Topic topic, CloudEvent event) {
        if (!topic.equals(Topic.CREDITS_ACCOUNT)) {
            return;
        }
        if (event.type().equals(EntryType.OVERDUE.eventType())) {
            HoldView hold = Json.read(event.data(), AccountEvent.class).hold();
            overdue.accept(Objects.requireNonNull(hold).sessionId());
        }
        if (event.type().equals(EntryType.GIVE_BACK_ASKED.eventType())) {
            AccountEvent asked = Json.read(event.data(), AccountEvent.class);
            context.counts.count("asked to give back");
            owners.get().stream().filter(owner -> !isOf(asked, owner)).forEach(owner -> hears(owner, asked));
        }
    }

    private void hears(Owner owner, AccountEvent asked) {
        int chance = random.nextInt(8);
        if (chance > 0) {
            long delay = random.nextInt(chance == 1 ? LATE : SOON) * MILLI;
            owner.process().after(Duration.ofNanos(delay), () -> owner.giveBack(asked.accountId()));
        }
    }

    private static boolean isOf(AccountEvent asked, Owner owner) {
        HoldView own = asked.hold();
        return own != null && own.sessionId().equals(owner.session());
    }
}
