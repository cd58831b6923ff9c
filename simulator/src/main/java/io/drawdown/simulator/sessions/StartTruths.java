package io.drawdown.simulator.sessions;

import io.drawdown.contracts.Credits;
import io.drawdown.sessions.sessions.Frame;
import io.drawdown.simulator.truth.AccountTruth;
import io.drawdown.simulator.truth.Accounts;
import io.drawdown.simulator.world.Findings;

/** Watches what clients are told of their starts. */
public final class StartTruths implements Watcher {

    private final Findings findings;
    private final Accounts accounts;

    public StartTruths(Findings findings, SessionsSide side, Accounts accounts) {
        this.findings = findings;
        this.accounts = accounts;
        side.watch(this);
    }

    @Override
    public void delivered(Delivery delivery) {
        if (delivery.frame() instanceof Frame.Refused refused) {
            findings.expect(
                    isOfItsTime(delivery, refused),
                    "a refused start was decided after it was asked for",
                    () -> delivery.client().name() + " heard " + refused + ", asked at " + delivery.askedNanos());
        }
    }

    private boolean isOfItsTime(Delivery delivery, Frame.Refused refused) {
        Long seq = refused.seq();
        Credits remaining = refused.creditsRemaining();
        if (seq == null || remaining == null) {
            return true;
        }
        AccountTruth truth = accounts.of(delivery.client().want().account());
        return truth.hadAvailable(seq, remaining, delivery.sentNanos())
                && (seq == truth.entries() || truth.committedAt(seq + 1) >= delivery.askedNanos());
    }
}
