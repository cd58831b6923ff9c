package io.drawdown.sessions.live;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;

/**
 * Rings when something about one session is due: a question to credits-service, the limit, the silence, the last moment. It
 * also announces the last moment.
 */
final class SessionTimer {

    private final ResettableTimer timer;
    private final Runnable due;
    private final MaximumDuration lifetime;
    private final Funds funds;
    private final ClientNotifier notifier;

    SessionTimer(Scheduler scheduler, Runnable due, MaximumDuration lifetime, Funds funds, ClientNotifier notifier) {
        this.timer = new ResettableTimer(scheduler);
        this.due = due;
        this.lifetime = lifetime;
        this.funds = funds;
        this.notifier = notifier;
    }

    void whileServed(Meter meter) {
        announceLastMoment(meter);
        timer.setEarliest(
                due, funds.untilNextLook(meter), meter.untilSilence(), lifetime.untilNext(meter.tickedNanos()));
    }

    void whileNotServed(Meter meter) {
        announceLastMoment(meter);
        timer.set(lifetime.untilNext(meter.tickedNanos()), due);
    }

    private void announceLastMoment(Meter meter) {
        if (lifetime.isNearlyOver(meter.tickedNanos())) {
            notifier.lastMoment(lifetime.left(meter.tickedNanos()), meter, funds.money());
        }
    }

    void cancel() {
        timer.cancel();
    }
}
