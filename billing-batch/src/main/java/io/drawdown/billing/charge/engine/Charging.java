package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Claim;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.random.RandomGenerator;

/**
 * Moves a charge as far as it goes now, from whatever state is stored: guarded write, call, guarded write.
 *
 * <p>The invariant: money is taken only by confirming the intent that is stored, and the next intent is asked for only once that
 * one reads {@code canceled}, or was never stored and so never confirmed. An intent takes its amount once at most. So nothing that
 * happens here (crashes, two runners, lost answers, late executions) takes it twice. An end other than charged is stored only
 * once the intent reads {@code canceled}, so no money is taken and forgotten.
 *
 * <p>Belongs to the thread of its core.
 */
public final class Charging {

    private final Ports ports;
    private final RandomIds tokens;

    /** What a move needs. */
    record Ports(Payments payments, PayerGate payers, Alarms alarms, Time time, Limits limits) {

        Claim claim(String token) {
            return new Claim(token, time.now());
        }
    }

    public Charging(Payments payments, PayerGate payers, Alarms alarms, Time time, RandomGenerator random) {
        this.ports = new Ports(payments, payers, alarms, time, Limits.of(payments.longestCall()));
        this.tokens = new RandomIds(random);
    }

    /**
     * Moves the charge until it is over or must wait. It looks at once, whatever time the charge waits for; whose turn it is decides
     * the caller. Fails with {@code Unavailable} or {@code OutcomeUnknown} if a store does; it may be called again at any time.
     */
    public Uni<Moved> move(ChargeOwner owner, Turn turn) {
        return Uni.createFrom().deferred(() -> new Move(ports, owner, turn, tokens.get()).begin());
    }
}
