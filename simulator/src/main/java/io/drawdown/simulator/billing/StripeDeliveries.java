package io.drawdown.simulator.billing;

import io.drawdown.billing.hook.Hint;
import io.drawdown.simulator.billing.outside.LinkedFeed;
import io.drawdown.simulator.stripe.StripeEvents.Event;
import io.drawdown.simulator.world.SimulationContext;
import java.util.SplittableRandom;

/**
 * Stripe tells what happens: each event at its own pace, so they arrive in any order; some at once, some twice, some late, some never. What is
 * not acknowledged is told again, a bounded number of times.
 */
final class StripeDeliveries {

    private static final long SECOND = 1_000_000_000;
    private static final int MOST_TRIES = 6;

    private final SimulationContext context;
    private final BillingSide side;
    private final SplittableRandom random;
    private boolean isCalm;

    StripeDeliveries(SimulationContext context, BillingSide side) {
        this.context = context;
        this.side = side;
        this.random = context.random("deliveries");
        side.stripe().events.onEvent(this::happened);
    }

    /** From now on every event is told once, and soon. */
    void calm() {
        isCalm = true;
    }

    private void happened(Event event) {
        Hint hint = LinkedFeed.hint(event);
        switch (isCalm ? 9 : random.nextInt(20)) {
            case 0, 1 -> context.counts.count("event of Stripe missed");
            case 2, 3 -> {
                context.counts.count("event of Stripe told twice");
                tell(hint, 4 * SECOND, MOST_TRIES);
                tell(hint, 30 * SECOND, MOST_TRIES);
            }
            case 4 -> {
                context.counts.count("event of Stripe told late");
                tell(hint, 600 * SECOND, MOST_TRIES);
            }
            case 5, 6, 7, 8 -> tell(hint, SECOND / 10, MOST_TRIES);
            default -> tell(hint, 2 * SECOND, MOST_TRIES);
        }
    }

    private void tell(Hint hint, long within, int tries) {
        context.timeline.after(random.nextLong(within), () -> tellNow(hint, tries));
    }

    private void tellNow(Hint hint, int tries) {
        side.any(random)
                .ifPresentOrElse(
                        at -> at.process().run(() -> at.core()
                                .cards()
                                .inbox()
                                .take(hint)
                                .subscribe()
                                .with(
                                        isNew -> context.counts.count(
                                                isNew ? "event of Stripe taken" : "event of Stripe known"),
                                        fault -> again(hint, tries))),
                        () -> again(hint, tries));
    }

    private void again(Hint hint, int tries) {
        if (tries > 1) {
            tell(hint, 20 * SECOND, tries - 1);
        }
    }
}
