package io.drawdown.simulator.billing.outside;

import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.simulator.stripe.Surroundings;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What is around the model of Stripe: its clock goes with that of the database. */
public final class StripeWorld implements Surroundings {

    private static final long LONGEST_FLIGHT = Duration.ofMinutes(10).toMillis();
    private static final int REFUSALS = 200;

    private final SimulationContext context;
    private final Database database;
    private final SplittableRandom random;
    private boolean isCalm;

    public StripeWorld(SimulationContext context, Database database) {
        this.context = context;
        this.database = database;
        this.random = context.random("stripe");
    }

    /** From now on nothing goes wrong there. */
    public void calm() {
        isCalm = true;
    }

    @Override
    public long millis() {
        return database.now().toEpochMilli();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public boolean chance(int percent) {
        return !isCalm && random.nextInt(100) < percent;
    }

    @Override
    public void find(String what) {
        context.findings.expect(false, "calls of Stripe are as its documentation demands", () -> what);
    }

    @Override
    public void tell(String what, Object about) {
        context.trace.say("stripe", () -> what + " " + about);
    }

    /** Whether a request of that time can not be on its way any more: the clocks were moved on meanwhile. */
    boolean isLost(long sentAt) {
        return millis() - sentAt > LONGEST_FLIGHT;
    }

    /** A request that is not executed. */
    Optional<Answer> refusal() {
        return isCalm
                ? Optional.empty()
                : switch (random.nextInt(REFUSALS)) {
                    case 0, 1, 2, 3 -> Optional.of(new Answer.Throttled("429"));
                    case 4, 5 -> Optional.of(new Answer.KeyInUse());
                    case 6 -> Optional.of(new Answer.NotAllowed("401"));
                    default -> Optional.empty();
                };
    }
}
