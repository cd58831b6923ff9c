package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.Moved;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.payer.Payers;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.simulator.stripe.ModelStripe;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process with the real engine; it may die and begin again. */
final class Runner {

    private static final Duration FOR_EVER = Duration.ofDays(1000);

    private final World world;
    private final Stores stores;
    private final Charging charging;
    private final StripeWatch watch;
    final Payers payers;
    int life;
    boolean isBusy;
    int beganAt;

    /** Whether the latest hint need not be told again. */
    boolean isHintUsed;

    Runner(World world, Stores stores, ModelStripe stripe, StripeWatch watch) {
        this.world = world;
        this.stores = stores;
        this.watch = watch;
        Scheduler scheduler = (delay, action) -> {
            world.answer(this, action);
            return () -> {};
        };
        payers = new Payers(stores.payers(this), world, scheduler, world.random);
        charging = new Charging(new ModelPayments(world, this, stripe, stores), payers, watch, world, world.random);
    }

    void die() {
        world.tell("a runner dies", life);
        world.died(this);
        life++;
        isBusy = false;
    }

    /** @param fence 0: it is no run's */
    void move(int item, long fence) {
        begin(item, new Turn(fence, () -> true, left()), moved -> {});
    }

    /** Something has happened to the intent of that charge. */
    void hint(int item) {
        isHintUsed = false;
        boolean isPaid = watch.isPaid(stores.charge(item).intent());
        begin(item, Turn.hinted(left()), moved -> {
            isHintUsed = true;
            if (isPaid && !stores.charge(item).isOver()) {
                world.find("a hint is used, and the payment is not recorded");
            }
        });
    }

    private Supplier<Duration> left() {
        long deadline = world.millis() + (world.chance(30) ? FOR_EVER : Duration.ofMinutes(5)).toMillis();
        return () -> Duration.ofMillis(deadline - world.millis());
    }

    private void begin(int item, Turn turn, Consumer<Moved> done) {
        isBusy = true;
        beganAt = stores.ticks++;
        int began = life;
        charging.move(stores.owner(this, item), turn).subscribe().with(moved -> finish(began, moved, done), fault -> {
            world.tell("not moved", fault);
            finish(began, null, done);
        });
    }

    private void finish(int began, @Nullable Moved moved, Consumer<Moved> done) {
        if (began == life) {
            isBusy = false;
            if (moved != null) {
                world.tell("moved", moved);
                done.accept(moved);
            }
        }
    }
}
