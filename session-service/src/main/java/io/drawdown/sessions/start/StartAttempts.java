package io.drawdown.sessions.start;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.live.FundedStart;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All starts that this instance works on. A start that is stored and paid for goes on as a live session. */
public final class StartAttempts implements StartAttempt.Outcome {

    private final SessionStore store;
    private final GuardedWrites<SessionDocument> writes;
    private final CreditsClient credits;
    private final LiveSessions live;
    private final Scheduler scheduler;
    private final Supplier<String> resumeTokens;
    private final Consumer<SessionDocument> orphans;
    private final Map<String, StartAttempt> attempts = new LinkedHashMap<>();
    private boolean stopping;

    /** @param orphans takes a session that names this instance as its owner and that nobody serves */
    public StartAttempts(
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            CreditsClient credits,
            LiveSessions live,
            Scheduler scheduler,
            Supplier<String> resumeTokens,
            Consumer<SessionDocument> orphans) {
        this.store = store;
        this.writes = writes;
        this.credits = credits;
        this.live = live;
        this.scheduler = scheduler;
        this.resumeTokens = resumeTokens;
        this.orphans = orphans;
    }

    /** @param nextHash of the token that the client named; null: it gets one */
    void begin(ClientConnection client, SessionDocument proposed, @Nullable String nextHash) {
        FirstToken token = FirstToken.of(nextHash, resumeTokens);
        StartAttempt attempt = new StartAttempt(proposed, store, writes, credits, scheduler, token, this);
        attempts.put(proposed.id(), attempt);
        attempt.attach(client);
        attempt.begin();
    }

    @Nullable
    StartAttempt get(String sessionId) {
        return attempts.get(sessionId);
    }

    public boolean isStarting(String sessionId) {
        return attempts.containsKey(sessionId);
    }

    long ofAccount(String accountId) {
        return attempts.values().stream()
                .filter(attempt -> attempt.accountId().equals(accountId))
                .count();
    }

    public int size() {
        return attempts.size();
    }

    /** From now on a start that succeeds is handed over at once. */
    public void stop() {
        stopping = true;
    }

    /** This instance may not write under its name any more. */
    public void fenced() {
        List.copyOf(attempts.values()).forEach(StartAttempt::giveUpForNow);
    }

    @Override
    public void live(StartAttempt attempt, FundedStart start) {
        attempts.remove(attempt.id(), attempt);
        LiveSession session = live.open(start);
        ClientConnection client = attempt.client();
        if (client != null) {
            session.attach(client, false);
        }
        if (attempt.isEndWanted()) {
            session.end(EndReason.USER);
        } else if (stopping) {
            session.handOver(LiveSessions.COME_BACK);
        }
    }

    @Override
    public void over(StartAttempt attempt) {
        attempts.remove(attempt.id(), attempt);
    }

    @Override
    public void orphaned(SessionDocument document) {
        orphans.accept(document);
    }
}
