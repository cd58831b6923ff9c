package io.drawdown.simulator.history;

import io.drawdown.simulator.billing.BillingSide;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** billing-batch, its customers, Stripe and Slack, and the faults. */
final class BillingWorld implements World {

    private static final long SECOND = 1_000_000_000;
    private static final Duration LONGEST_REST = Duration.ofDays(8);
    private static final Duration LONGEST_CLAIM = Duration.ofHours(1);
    private static final int MOST_ROUNDS = 60;

    /** After so many rounds so much time passes that a declined card has rested, else that no dead process holds anything. */
    private static final int ROUNDS = 3;

    final BillingSide billing;
    final Chaos chaos;
    private final SimulationContext context;
    private final Clock clock;
    private final SplittableRandom random;

    BillingWorld(long seed, boolean isTraced) {
        context = new SimulationContext(seed, isTraced);
        clock = new Clock(context);
        random = context.random("customers");
        billing = new BillingSide(context, new Broker(context), random);
        chaos = new Chaos(context, List.of(billing.database()), Duration.ofMinutes(2));
        billing.start();
        pass(SECOND / 2);
        billing.customers().tell(random);
        billing.customers().attach(random);
    }

    @Override
    public SimulationContext context() {
        return context;
    }

    @Override
    public void pass(long nanos) {
        clock.pass(nanos);
    }

    @Override
    public void comeToRest() {
        context.heal();
        pass(20 * SECOND);
        for (int round = 1; round <= MOST_ROUNDS && !billing.isAtRest(); round++) {
            billing.mend(random);
            pass(20 * SECOND);
            if (!billing.isAtRest()) {
                billing.faults().sleep(round % ROUNDS == 0 ? LONGEST_REST : LONGEST_CLAIM);
                pass(15 * SECOND);
            }
        }
        billing.checkAtRest();
    }
}
