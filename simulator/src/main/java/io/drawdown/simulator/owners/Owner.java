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
 * One process that has one session, from its start or from a takeover on: serves up to what is funded, says what it used,
 * and stops when it learns that another one has the session.
 */
final class Owner {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final long NEAR_THE_LIMIT = 2_000_000_000;

    private final Owners side;
    private final Ports ports;
    private final Process process;
    private final String session;
    private final ServedTime time;
    private State state = State.BEGINNING;
    private @Nullable Tenure mine;
    private Timer timer = () -> {};
    private boolean asking;
    private boolean isToEnd;

    private enum State {
        BEGINNING,
        SERVING,
        WAITING,
        OVER
    }

    /** What it reaches. */
    record Ports(Tenures tenures, FundingLink credits, Broadcast broadcast) {}

    Owner(Owners side, Ports ports, Process process, String session) {
        this.side = side;
        this.ports = ports;
        this.process = process;
        this.session = session;
        this.time = new ServedTime(side.ground().timeline, process);
        process.whenDead(this::stop);
    }

    Process process() {
        return process;
    }

    /** Whether it goes on, or would if it were funded. */
    boolean isServing() {
        return state == State.SERVING || state == State.WAITING;
    }

    long ownNanos() {
        return time.ownNanos();
    }

    void start(String account, String kind) {
        Tenure first = Tenure.first(session, account, kind, process.name());
        ports.tenures().insert(first, () -> askForStart(first));
    }

    private void askForStart(Tenure first) {
        ask(FundingLink.start(first), answer -> {
            HoldView hold = answer.hold();
            if (answer.outcome() == Funding.Outcome.REFUSED) {
                end(first, EndReason.INSUFFICIENT, 0);
            } else if (answer.outcome() == Funding.Outcome.FUNDED && hold != null && hold.epoch() == first.epoch()) {
                ports.tenures()
                        .change(
                                session,
                                now -> isMine(now, first) && !now.running() ? now.run() : now,
                                now -> own(now, first, hold));
            } else {
                leave("is told " + answer.outcome());
            }
        });
    }

    /** Somebody thinks that it has no owner. */
    void takeOver() {
        ports.tenures().find(session, found -> {
            Tenure present = found.orElse(null);
            if (present == null || present.isOf(process.name())) {
                leave("finds nothing to take over");
            } else {
                ports.broadcast().proof(session, proof -> takeOver(present, proof));
            }
        });
    }

    private void takeOver(Tenure former, @Nullable MeterReading proof) {
        ports.tenures()
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

    private void taken(Tenure taken) {
        if (taken.end() != null) {
            over(taken);
        } else if (taken.isOf(process.name())) {
            side.ground().counts.count("owner takes over");
            askForHold(taken);
        } else {
            leave("finds " + taken.owner() + " before it");
        }
    }

    private void askForHold(Tenure taken) {
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

    private static boolean isMine(Tenure now, Tenure taken) {
        return now.end() == null && now.epoch() == taken.epoch() && now.isOf(taken.owner());
    }

    private void own(Tenure now, Tenure taken, HoldView hold) {
        if (now.end() != null) {
            over(now);
        } else if (isMine(now, taken)) {
            mine = now;
            time.begin(hold.usedMillis());
            time.fund(hold.fundedMillis());
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

    /** Says what it used and asks for more, unless it is asking already. */
    void renew() {
        Tenure tenure = mine;
        if (tenure != null && state != State.OVER && !asking) {
            asking = true;
            FundingLink.Request request = FundingLink.renew(tenure, time.usedMillis());
            side.states(session, tenure.epoch(), time.usedMillis());
            side.sent(request);
            ports.credits().ask(request).subscribe().with(this::heard, fault -> asking = false);
        }
    }

    private void heard(Funding.Answer answer) {
        asking = false;
        HoldView hold = answer.hold();
        if (state == State.OVER) {
            return;
        }
        if (answer.outcome() == Funding.Outcome.STALE || hold == null) {
            side.ground().counts.count("owner is told " + answer.outcome());
            side.releasesTooLate(mine, time.usedMillis());
            leave("is told " + answer.outcome());
            return;
        }
        time.fund(hold.fundedMillis());
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
            case REFUSED, CANCELLED, RELEASED, ENDED, STALE ->
                throw new IllegalStateException("not about a hold: " + answer);
        }
    }

    private void beat() {
        Tenure tenure = mine;
        if (tenure != null && state != State.OVER) {
            ports.broadcast().beat(new MeterReading(tenure.account(), session, tenure.epoch(), time.usedMillis()));
            process.after(HEARTBEAT, this::beat);
        }
    }

    /** Somebody wants the session to end. */
    void requestEnd() {
        isToEnd = true;
        if (mine != null && state != State.OVER) {
            end(EndReason.USER);
        }
    }

    private void end(EndReason reason) {
        Tenure tenure = mine;
        if (tenure != null) {
            end(tenure, reason, time.usedMillis());
        }
    }

    private void end(Tenure tenure, EndReason reason, long total) {
        stop();
        ports.tenures().change(session, now -> isMine(now, tenure) ? now.endedBy(reason, total) : now, now -> {
            if (now.end() == null) {
                leave("finds " + now.owner() + " in its place");
            } else {
                over(now);
            }
        });
    }

    /** Gives back what is left, and says so until the broker has it. */
    private void over(Tenure ended) {
        stop();
        FundingLink.Request release = FundingLink.release(ended);
        side.states(session, ended.epoch(), Objects.requireNonNull(ended.end()).totalMillis());
        ask(release, answer -> {});
        say(ended);
    }

    private void say(Tenure ended) {
        ports.broadcast()
                .ended(ended)
                .subscribe()
                .with(done -> process.kill(), fault -> process.after(AGAIN, () -> say(ended)));
    }

    private void stop() {
        timer.cancel();
        if (state != State.OVER) {
            time.stop();
            state = State.OVER;
        }
    }

    private void leave(String why) {
        side.ground().trace.say(process.name(), () -> why);
        process.kill();
    }
}
