package io.drawdown.sessions.resume;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.live.FundedStart;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions that this instance is taking over for their clients. Each goes on here, or has ended. */
public final class Resumptions {

    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;
    private final Releases releases;
    private final LiveSessions live;
    private final Scheduler scheduler;
    private final Map<String, Resumption> open = new LinkedHashMap<>();
    private boolean stopping;

    public Resumptions(
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            Releases releases,
            LiveSessions live,
            Scheduler scheduler) {
        this.writes = writes;
        this.credits = credits;
        this.releases = releases;
        this.live = live;
        this.scheduler = scheduler;
    }

    /** @param taken names this instance as its owner, which is stored, and nobody here works on it */
    void begin(SessionDocument taken, ReturningClient client) {
        Resumption resumption = new Resumption(this, taken, client);
        open.put(taken.id(), resumption);
        resumption.askForHold();
    }

    public boolean isResuming(String sessionId) {
        return open.containsKey(sessionId);
    }

    public int size() {
        return open.size();
    }

    /** From now on a session that was taken over is handed over at once. */
    public void stop() {
        stopping = true;
    }

    /** This instance may not write under its name any more. */
    public void fenced() {
        List.copyOf(open.values()).forEach(Resumption::fenced);
    }

    GuardedWrites<SessionDocument> writes() {
        return writes;
    }

    CreditsClient credits() {
        return credits;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void live(Resumption resumption, FundedStart start, ReturningClient client) {
        over(resumption);
        LiveSession session = live.open(start);
        client.goOn(session, start.document().endWanted());
        if (start.answer().outcome() == Funding.Outcome.SUSPENDED) {
            session.end(EndReason.SUSPENDED);
        } else if (stopping) {
            session.handOver(LiveSessions.COME_BACK);
        }
    }

    /** It has ended: what it holds is released. */
    void ended(Resumption resumption, SessionDocument stored, ReturningClient client) {
        over(resumption);
        releases.release(stored).subscribe().with(client::tellEnded);
    }

    void over(Resumption resumption) {
        open.remove(resumption.id(), resumption);
    }
}
