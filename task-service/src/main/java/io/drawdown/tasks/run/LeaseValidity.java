package io.drawdown.tasks.run;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.time.Duration;

/**
 * Whether this instance may act under its name. It may until {@link #TRUST} after its last successful renewal was sent, which
 * is well before anybody may fence it: so a handler never runs here after its task may have been given to another, as long as
 * this process runs at all. Whether others live is told by {@code LeaseWatch.Liveness}.
 */
public final class LeaseValidity {

    /** How long a renewal is trusted, counted from its request. Shorter than a lease. */
    public static final Duration TRUST = Duration.ofSeconds(8);

    private final Time time;
    private final ResettableTimer doubt;
    private final Runnable doubted;
    private String incarnation = "";
    private boolean held;
    private long trustedNanos;

    /** @param doubted runs when the lease becomes doubtful */
    public LeaseValidity(Time time, Scheduler scheduler, Runnable doubted) {
        this.time = time;
        this.doubt = new ResettableTimer(scheduler);
        this.doubted = doubted;
    }

    /** The lease under that name was unbroken after {@code askedNanos}. */
    public void renewed(String name, long askedNanos) {
        incarnation = name;
        held = true;
        trustedNanos = askedNanos + TRUST.toNanos();
        doubt.set(Duration.ofNanos(Math.max(0, trustedNanos - time.nanos())), doubted);
    }

    /** The name is lost. */
    public void lost() {
        held = false;
        doubt.cancel();
    }

    /** Whether tasks may be claimed and handlers started under {@link #incarnation}, at this moment. */
    public boolean mayAct() {
        return held && time.nanos() - trustedNanos < 0;
    }

    /** The name of this instance's latest lease. */
    public String incarnation() {
        return incarnation;
    }
}
