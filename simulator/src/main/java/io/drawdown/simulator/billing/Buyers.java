package io.drawdown.simulator.billing;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Credits;
import io.drawdown.simulator.billing.outside.ModelCredits;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Owners of accounts, which have the names of teams: they buy credits, let them be bought, and spend them. */
public final class Buyers {

    static final Pack PACK = new Pack("pack_300", 150, Credits.of(300), null);

    private static final Duration PATIENCE = Duration.ofSeconds(55);
    private static final Terms TERMS = new Terms(ModelCredits.LOW, PACK.name(), 3, null);
    private static final long SECOND = 1_000_000_000;
    private static final int RECENT = 3;

    private final SimulationContext context;
    private final BillingSide side;
    private final ModelCredits credits;
    private final SplittableRandom random;
    private int keys;

    Buyers(SimulationContext context, BillingSide side, ModelCredits credits) {
        this.context = context;
        this.side = side;
        this.credits = credits;
        this.random = context.random("account events");
        credits.onEvent(this::happened);
    }

    /** Somebody buys, or asks once more for what was bought. */
    public void buy(RandomGenerator random) {
        String account = side.customers().team(random);
        keys += random.nextBoolean() ? 1 : 0;
        String id = PurchaseSpec.idOf(account, "key-" + Math.max(0, keys - random.nextInt(RECENT)));
        boolean isOnSession = random.nextBoolean();
        PurchaseSpec spec = new PurchaseSpec(
                account, PACK, "hash", isOnSession, false, side.database().now());
        side.ask(random, "buy", core -> core.credits().purchases().buy(id, spec, PATIENCE));
    }

    /** Somebody wants credits to be bought when few are left, or wants that no more. */
    public void topUp(RandomGenerator random) {
        String account = side.customers().team(random);
        if (random.nextInt(5) == 0) {
            side.ask(random, "remove top-up", core -> core.credits().topUps().remove(account));
        } else {
            side.ask(random, "set top-up", core -> core.credits().topUps().set(account, TERMS, Optional.empty()));
        }
    }

    public void spend(RandomGenerator random) {
        credits.spend(side.customers().team(random), Credits.of(1 + random.nextInt(300)));
    }

    /** An account is closed while something is bought for it. */
    public void close(RandomGenerator random) {
        List<PurchaseDocument> open = side.stores().money().purchases().all().stream()
                .filter(purchase -> !purchase.status().isOver())
                .toList();
        if (!open.isEmpty()) {
            credits.close(open.get(random.nextInt(open.size())).spec().account());
        }
    }

    /** Every instance reads every event, some once more, if it lives then. */
    private void happened(AccountEvent event) {
        int times = random.nextInt(8) == 0 ? 2 : 1;
        for (int each = 0; each < times; each++) {
            long delay = random.nextLong(random.nextInt(6) == 0 ? 20 * SECOND : SECOND / 5);
            context.timeline.after(delay, () -> side.running()
                    .forEach(at -> at.process().run(() -> at.core().credits().heard(List.of(event)))));
        }
    }
}
