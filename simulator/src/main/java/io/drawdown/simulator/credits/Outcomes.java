package io.drawdown.simulator.credits;

import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.simulator.credits.Requests.Command;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** A gateway that asks what became of its requests, or cancels them. */
public final class Outcomes {

    private final SimulationContext context;
    private final CreditsSide credits;
    private final Gateway gateway;

    public Outcomes(SimulationContext context, CreditsSide credits, Gateway gateway) {
        this.context = context;
        this.credits = credits;
        this.gateway = gateway;
    }

    public void ask(RandomGenerator random) {
        Command earlier = gateway.earlier(random);
        String account = earlier.account();
        String key = keyOf(earlier);
        gateway.requests.look(
                random,
                "asks what became of: " + earlier.what(),
                core -> core.operation(account, key),
                (window, found) -> {
                    if (found.isPresent()) {
                        context.counts.count(
                                "operation shown " + found.get().getClass().getSimpleName());
                        credits.operations().check(account, key, window, found.get());
                    }
                });
    }

    /** Cancels an operation: it is answered what was done, or that it never will be. Another client may send it again at once. */
    public void cancel(RandomGenerator random) {
        Command earlier = gateway.earlier(random);
        String account = earlier.account();
        Key key = Key.cancelled(keyOf(earlier));
        Command cancellation = Command.keyed(
                account, "cancels: " + earlier.what(), key, commands -> commands.cancel(account, key.hash())
                        .invoke(reply -> cancelled(account, reply)));
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            gateway.requests.send(random, cancellation);
        }
        if (random.nextBoolean()) {
            gateway.keyed(random, earlier);
        }
    }

    private void cancelled(String account, Reply<Posted> reply) {
        if (reply instanceof Reply.Done<Posted>(Posted posted) && posted.entry().type() == EntryType.VOIDED) {
            context.counts.count("operation cancelled");
            credits.operations()
                    .cancelled(account, Objects.requireNonNull(posted.entry().keyHash()));
        }
    }

    private static String keyOf(Command command) {
        return Objects.requireNonNull(command.key()).hash();
    }
}
