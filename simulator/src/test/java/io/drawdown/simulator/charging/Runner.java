package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.Moved;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.payer.Payers;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.simulator.stripe.ModelStripe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One process with the real engine; it may die and begin again. */
final class Runner {

    private static final Duration FOR_EVER = Duration.ofDays(1000);

    private final World world;
    private final Stores stores;
    private final Charging charging;
    final Payers payers;
    int life;
    boolean isBusy;

    Runner(World world, Stores stores, ModelStripe stripe) {
        this.world = world;
        this.stores = stores;
        Scheduler scheduler = (delay, action) -> {
            world.answer(this, action);
            return () -> {};
        };
        payers = new Payers(stores.payers(this), world, scheduler, world.random);
        charging = new Charging(new ModelPayments(world, this, stripe, stores), payers, stripe, world, world.random);
    }

    void die() {
        world.tell("a runner dies", life);
        world.died(this);
        life++;
        isBusy = false;
    }

    /** @param fence 0: it is no run's */
    void move(int item, long fence) {
        isBusy = true;
        int began = life;
        long deadline = world.millis() + (world.chance(30) ? FOR_EVER : Duration.ofMinutes(5)).toMillis();
        Turn turn = new Turn(fence, () -> true, () -> Duration.ofMillis(deadline - world.millis()));
        charging.move(stores.owner(this, item), turn)
                .subscribe()
                .with(moved -> finish(began, moved), fault -> finish(began, null));
    }

    private void finish(int began, @Nullable Moved moved) {
        if (began == life) {
            isBusy = false;
            world.tell("moved", String.valueOf(moved));
        }
    }
}
