package io.drawdown.simulator.charging;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.simulator.stripe.ModelStripe;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/** The way to the model of Stripe: requests are lost, late or refused, and so are answers. */
final class ModelPayments implements Payments {

    private static final StripeAccount ACCOUNT = new StripeAccount("acct_1", false);

    private final World world;
    private final Runner runner;
    private final ModelStripe stripe;
    private final Stores stores;

    ModelPayments(World world, Runner runner, ModelStripe stripe, Stores stores) {
        this.world = world;
        this.runner = runner;
        this.stripe = stripe;
        this.stores = stores;
    }

    @Override
    public Duration longestCall() {
        return Duration.ofSeconds(25);
    }

    @Override
    public Uni<StripeAccount> account() {
        return Uni.createFrom().item(ACCOUNT);
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        return sent(() -> stripe.create(chargeId, terms, creation));
    }

    @Override
    public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        if (!stores.confirmKeys.contains(attempt.key())) {
            world.find("an intent is confirmed before that is stored");
        }
        int deletedAt = stores.deleted.getOrDefault(attempt.card().paymentMethod(), Integer.MAX_VALUE);
        if (deletedAt < runner.beganAt) {
            world.find("a card is charged that its owner has taken away");
        }
        return sent(() -> stripe.confirm(intent, attempt, isOffSession));
    }

    @Override
    public Uni<Answer> retrieve(String intentId, Frozen frozen) {
        return sent(() -> stripe.retrieve(intentId));
    }

    @Override
    public Uni<Answer> cancel(Intent intent, String key) {
        return sent(() -> stripe.cancel(intent, key));
    }

    /** It is executed after the client gave up. */
    private static void late(Supplier<Answer> execution) {
        var unused = execution.get();
    }

    private Uni<Answer> sent(Supplier<Answer> execution) {
        return Uni.createFrom()
                .emitter(emitter -> world.send(runner, () -> {
                    Answer answer = arrived(execution);
                    world.answer(runner, () -> emitter.complete(answer));
                }));
    }

    private Answer arrived(Supplier<Answer> execution) {
        if (world.isCalm) {
            return execution.get();
        }
        return switch (world.random.nextInt(32)) {
            case 0 -> new Answer.Unknown("lost on the way");
            case 1, 2 -> {
                var unused = execution.get();
                yield new Answer.Unknown("answer lost");
            }
            case 3, 4 -> {
                world.send(null, () -> late(execution));
                yield new Answer.Unknown("timed out");
            }
            case 5 -> new Answer.Throttled("429");
            case 6 -> new Answer.KeyInUse();
            case 7 -> world.random.nextInt(4) == 0 ? new Answer.NotAllowed("401") : execution.get();
            default -> execution.get();
        };
    }
}
