package io.drawdown.simulator.owners;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.time.Scheduler.Timer;
import io.drawdown.simulator.world.Process;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One process that owns one session from its start or from a takeover on. It serves up to what is funded, reports its
 * total, and stops when it learns that another process owns the session.
 */
final class Owner {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final long NEAR_THE_LIMIT = 2_000_000_000;

    private final Owners side;
    private final Connections ports;
    private final Process process;
    private final String session;
    private final ServedTime time;
    private State state = State.BEGINNING;
    private @Nullable Ownership mine;
    private Timer timer = () -> {};
    private boolean asking;
    private boolean givingBack;
    private boolean isToEnd;

    private enum State {
        BEGINNING,
        SERVING,
        WAITING,
        OVER
    }

    Owner(Owners side, Connections ports, Process process, String session) {
        this.side = side;
        this.ports = ports;
        this.process = process;
        this.session = session;
        this.time = new ServedTime(side.context().timeline, process);
        process.whenDead(this::stop);
    }

    Process process() {
        return process;
    }

    String session() {
        return session;
    }

    /** Whether the owner serves, or would serve if it were funded. */
    boolean isServing() {
        return state == State.SERVING || state == State.WAITING;
    }

    long ownNanos() {
        return time.ownNanos();
    }

    void start(String account, String kind) {
        Ownership first = Ownership.first(session, account, kind, process.name());
        ports.ownerships().insert(first, () -> askForStart(first));
    }

    private void askForStart(Ownership first) {
        ask(FundingLink.start(first), answer -> {
            HoldView hold = answer.hold();
            if (answer.outcome() == Funding.Outcome.REFUSED) {
                end(first, EndReason.INSUFFICIENT, 0);
            } else if (answer.outcome() == Funding.Outcome.FUNDED && hold != null && hold.epoch() == first.epoch()) {
                ports.ownerships()
                        .change(
                                session,
                                now -> now.isStill(first) && !now.running() ? now.run() : now,
                                now -> own(now, first, hold));
            } else {
                leave("is told " + answer.outcome());
            }
        });
    }

    /** Takes over the session, which seems to have no owner. */
    void takeOver() {
        ports.ownerships().find(session, found -> {
            Ownership present = found.orElse(null);
            if (present == null || present.isOf(process.name())) {
                leave("finds nothing to take over");
            } else {
                ports.broadcast().proof(session, proof -> takeOver(present, proof));
            }
        });
    }

    private void takeOver(Ownership former, @Nullable MeterReading proof) {
        ports.ownerships()
                .change(
                        session,
                        now -> {
                            if (now.end() != null || now.epoch() != former.epoch()) {
                                return now;
                            }
                            return now.running()
                                    ? now.takenBy(process.name(), proof)
                                    : now.endedBy(EndReason.ABANDONED, 0);
                        },
                        this::taken);
    }

    private void taken(Ownership taken) {
        if (taken.end() != null) {
            over(taken);
        } else if (taken.isOf(process.name())) {
            side.context().counts.count("owner takes over");
            askForHold(taken);
        } else {
            leave("finds " + taken.owner() + " before it");
        }
    }

    private void askForHold(Ownership taken) {
        ask(FundingLink.takeover(taken), answer -> {
            HoldView hold = answer.hold();
            if (hold == null || hold.epoch() != taken.epoch()) {
                leave("is told " + answer.outcome());
            } else if (answer.outcome() == Funding.Outcome.SUSPENDED) {
                time.begin(hold.usedMillis());
                end(taken, EndReason.SUSPENDED, hold.usedMillis());
            } else {
                own(taken, taken, hold);
            }
        });
    }

    private void ask(FundingLink.Request request, Consumer<Funding.Answer> then) {
        side.sent(request);
        ports.credits().ask(request).subscribe().with(then, fault -> process.after(AGAIN, () -> ask(request, then)));
    }

    private void own(Ownership now, Ownership taken, HoldView hold) {
        if (now.end() != null) {
            over(now);
        } else if (now.isStill(taken)) {
            mine = now;
            time.begin(hold);
            process.after(HEARTBEAT, this::beat);
            serve();
            if (isToEnd) {
                end(EndReason.USER);
            }
        } else {
            leave("finds " + now.owner() + " in its place");
        }
    }

    private void serve() {
        state = State.SERVING;
        time.serve();
        watchTheLimit();
    }

    private void watchTheLimit() {
        timer.cancel();
        long left = time.leftNanos();
        if (left > NEAR_THE_LIMIT) {
            timer = process.after(Duration.ofNanos(left - NEAR_THE_LIMIT), this::watchTheLimit);
            return;
        }
        if (left == 0 && state == State.SERVING) {
            time.stop();
            state = State.WAITING;
        }
        timer = process.after(left == 0 ? AGAIN : Duration.ofNanos(left), this::watchTheLimit);
        renew();
    }

    /** States its total and asks for the next slice, unless a request is under way. */
    void renew() {
        Ownership ownership = mine;
        if (ownership != null && state != State.OVER && !asking) {
            asking = true;
            FundingLink.Request request = FundingLink.renew(ownership, time.usedMillis());
            side.states(session, ownership.epoch(), time.usedMillis());
            side.sent(request);
            ports.credits().ask(request).subscribe().with(this::heard, fault -> asking = false);
        }
    }

    /** Somebody waits for credits of that account: lowers its limit, then says so until it is answered. */
    void giveBack(String account) {
        Ownership ownership = mine;
        if (ownership != null && ownership.account().equals(account) && state != State.OVER && !givingBack) {
            givingBack = true;
            time.lower();
            side.states(session, ownership.epoch(), time.usedMillis());
            ask(FundingLink.giveBack(ownership, time), answer -> {
                givingBack = false;
                heard(answer);
            });
            watchTheLimit();
        }
    }

    private void heard(Funding.Answer answer) {
        asking = false;
        HoldView hold = answer.hold();
        if (state == State.OVER) {
            return;
        }
        if (answer.outcome() == Funding.Outcome.STALE || hold == null) {
            side.context().counts.count("owner is told " + answer.outcome());
            side.releasesTooLate(mine, time.usedMillis());
            leave("is told " + answer.outcome());
            return;
        }
        time.fund(hold.cut(), hold.fundedMillis());
        switch (answer.outcome()) {
            case SUSPENDED -> end(EndReason.SUSPENDED);
            case EXHAUSTED -> {
                if (time.leftNanos() == 0) {
                    end(EndReason.EXHAUSTED);
                }
            }
            case FUNDED, ENDING -> {
                if (state == State.WAITING && time.leftNanos() > 0) {
                    serve();
                } else if (time.leftNanos() > NEAR_THE_LIMIT) {
                    watchTheLimit();
                }
            }
            case REFUSED, CANCELLED, RELEASED, NO_HOLD, STALE ->
                throw new IllegalStateException("not about a hold: " + answer);
        }
    }

    private void beat() {
        Ownership ownership = mine;
        if (ownership != null && state != State.OVER) {
            ports.broadcast()
                    .beat(new MeterReading(ownership.account(), session, ownership.epoch(), time.usedMillis()));
            process.after(HEARTBEAT, this::beat);
        }
    }

    /** Ends the session as soon as this process owns it. */
    void requestEnd() {
        isToEnd = true;
        if (mine != null && state != State.OVER) {
            end(EndReason.USER);
        }
    }

    private void end(EndReason reason) {
        Ownership ownership = mine;
        if (ownership != null) {
            end(ownership, reason, time.usedMillis());
        }
    }

    private void end(Ownership ownership, EndReason reason, long total) {
        stop();
        ports.ownerships().change(session, now -> now.isStill(ownership) ? now.endedBy(reason, total) : now, now -> {
            if (now.end() == null) {
                leave("finds " + now.owner() + " in its place");
            } else {
                over(now);
            }
        });
    }

    /** Releases the hold, and publishes the end until the broker has it. */
    private void over(Ownership ended) {
        stop();
        FundingLink.Request release = FundingLink.release(ended);
        side.states(session, ended.epoch(), Objects.requireNonNull(ended.end()).totalMillis());
        ask(release, answer -> {});
        ports.broadcast().say(ended, process::kill);
    }

    private void stop() {
        timer.cancel();
        if (state != State.OVER) {
            time.stop();
            state = State.OVER;
        }
    }

    private void leave(String why) {
        side.context().trace.say(process.name(), () -> why);
        process.kill();
    }
}
