package io.drawdown.sessions.live;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import java.time.Duration;

/**
 * Serves one session, or does not, and sees to it that it is looked at again in time: when there is something to ask, and
 * at its limit, its silence and its last moment themselves.
 */
final class MediaControl {

    private final MeteredMedia media;
    private final Funds funds;
    private final ClientNotifier notifier;
    private final MaximumDuration lifetime;
    private final ResettableTimer timer;
    private final Runnable evaluate;

    /** @param evaluate looks at the session */
    MediaControl(MeteredMedia media, Funds funds, ClientNotifier notifier, Scheduler scheduler, Runnable evaluate) {
        this.media = media;
        this.funds = funds;
        this.notifier = notifier;
        this.lifetime = media.lifetime();
        this.timer = new ResettableTimer(scheduler);
        this.evaluate = evaluate;
    }

    void serve() {
        Meter meter = media.meter();
        announceLastMoment(meter);
        media.serve();
        notifier.served(meter);
        funds.askIfDue(meter);
        timer.setEarliest(evaluate, funds.untilNextLook(meter), meter.untilSilence(), untilLastMoment(meter));
    }

    /** It may go on. */
    void pause() {
        Meter meter = media.meter();
        media.stop();
        announceLastMoment(meter);
        timer.set(untilLastMoment(meter), evaluate);
        funds.release();
    }

    /** It does not go on here. */
    void stop() {
        media.stop();
        funds.stop();
        timer.cancel();
    }

    private Duration untilLastMoment(Meter meter) {
        return lifetime.untilNext(meter.tickedNanos());
    }

    private void announceLastMoment(Meter meter) {
        if (lifetime.isNearlyOver(meter.tickedNanos())) {
            notifier.lastMoment(lifetime.left(meter.tickedNanos()), meter, funds.money());
        }
    }
}
