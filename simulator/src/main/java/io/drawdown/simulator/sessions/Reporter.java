package io.drawdown.simulator.sessions;

import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.gateway.GatewayStart;
import io.drawdown.sessions.gateway.Reply;
import io.drawdown.sessions.gateway.Report;
import io.drawdown.sessions.gateway.Report.Step;
import io.drawdown.simulator.world.SimulationContext;
import java.util.SplittableRandom;

/** A gateway without a socket: serves one session itself, and states its total to whichever instance it reaches. */
final class Reporter {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final int NEVER = 4;

    private final SimulationContext context;
    private final Reporters reporters;
    private final GatewayStart start;
    private final SplittableRandom random;
    private int startsAgain = 4;
    private long servedMillis;
    private long fundedMillis;
    private long fundedCuts;
    private long lookedNanos;
    private boolean isBegun;
    private boolean isOver;
    private boolean isPaused;
    private boolean isSilent;
    private boolean isLeaving;

    /** @param random its own source of chance, from the step that made it */
    Reporter(
            SimulationContext context,
            Reporters reporters,
            String account,
            String kind,
            String key,
            SplittableRandom random) {
        this.context = context;
        this.reporters = reporters;
        this.random = random;
        start = new GatewayStart(SessionIds.of(account, key), account, kind, "start of " + kind, null);
        lookedNanos = context.timeline.nanos();
        sayLater();
    }

    String sessionId() {
        return start.sessionId();
    }

    /** Whether it has a session, as far as it knows. */
    boolean isServing() {
        return isBegun && !isOver;
    }

    /** Its start, or the same session of another kind. */
    void start(String kind) {
        GatewayStart sent = kind.equals(start.kind())
                ? start
                : new GatewayStart(start.sessionId(), start.accountId(), kind, "start of " + kind, null);
        reporters.ask("starts " + sent, random, core -> core.gateways().start(sent), reply -> {
            if (sent.equals(start)) {
                heard(reply, 0, false);
            }
        });
    }

    void start() {
        start(start.kind());
    }

    /** States its total, at several instances at once if that many times. */
    void state(int times) {
        serve();
        for (int i = 0; i < times; i++) {
            say(Step.GO_ON, servedMillis);
        }
    }

    /** A total of a while ago, as if it had been on its way since. */
    void stateOld() {
        serve();
        say(Step.GO_ON, servedMillis - random.nextLong(servedMillis + 1));
    }

    void pauseOrGoOn() {
        serve();
        isPaused = !isPaused;
        Step pause = random.nextBoolean() ? Step.RELEASE : Step.PAUSE;
        say(isPaused ? pause : Step.RESUME, servedMillis);
    }

    /** The last total; a report of the same total may be on its way beside it. */
    void end() {
        serve();
        isLeaving = true;
        if (random.nextInt(3) == 0) {
            say(Step.GO_ON, servedMillis);
        }
        say(Step.END, random.nextInt(5) == 0 ? 0 : servedMillis);
    }

    void keepSilent(long nanos) {
        isSilent = true;
        context.timeline.after(nanos, () -> isSilent = false);
    }

    /** It ends its session, or says nothing any more. */
    void leave() {
        isSilent = random.nextInt(NEVER) == 0;
        isLeaving = true;
    }

    private void sayLater() {
        context.timeline.after(2 * SECOND + random.nextLong(8 * SECOND), this::sayOn);
    }

    private void sayOn() {
        if (isOver) {
            return;
        }
        serve();
        if (!isSilent && isLeaving) {
            say(Step.END, servedMillis);
        } else if (!isSilent && isBegun) {
            say(Step.GO_ON, servedMillis);
        } else if (!isSilent && startsAgain > 0) {
            startsAgain--;
            start();
        } else if (!isSilent) {
            isOver = true;
        }
        sayLater();
    }

    /** It serves while it is not paused; some do not care for what is funded. */
    private void serve() {
        long now = context.timeline.nanos();
        long passed = (now - lookedNanos) / MILLI;
        lookedNanos = now;
        if (isBegun && !isOver && !isPaused) {
            long most = random.nextInt(NEVER) == 0 ? Long.MAX_VALUE : Math.max(servedMillis, fundedMillis);
            servedMillis = Math.min(servedMillis + passed, most);
        }
    }

    private void say(Step step, long usedMillis) {
        reporters.stated(sessionId(), usedMillis);
        Report report = new Report(step, usedMillis, null);
        boolean wasBegun = isBegun;
        reporters.ask(
                "says of " + sessionId() + ": " + report,
                random,
                core -> core.gateways().report(sessionId(), report),
                reply -> heard(reply, usedMillis, wasBegun));
    }

    private void funded(Reported reported) {
        long cuts = reported.advance().cuts();
        if (cuts >= fundedCuts) {
            fundedMillis =
                    cuts > fundedCuts ? reported.fundedMillis() : Math.max(fundedMillis, reported.fundedMillis());
            fundedCuts = cuts;
        }
    }

    /** @param wasBegun whether it knew that when it asked */
    private void heard(Reply reply, long statedMillis, boolean wasBegun) {
        switch (reply) {
            case Reply.Stands(SessionDocument session, boolean _) -> {
                if (session.state() instanceof Reported reported) {
                    isBegun = true;
                    funded(reported);
                    reporters.acknowledged(reported, sessionId(), statedMillis);
                } else {
                    isOver = true;
                }
            }
            case Reply.NotBegun(var why) -> {
                context.counts.count("problem " + why.problem());
                isOver |= isLeaving;
            }
            case Reply.Unknown() -> {
                context.findings.expect(!wasBegun, "a session that a gateway has begun is known", this::sessionId);
                isOver |= isLeaving && !isBegun;
            }
            case Reply.KeyReused(), Reply.OfSocket() -> isOver = true;
        }
    }
}
