package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.sessions.config.CoreContext;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions that this instance serves, and the tick that lets each look at itself twice a second. */
public final class LiveSessions {

    static final Duration TICK = Duration.ofMillis(500);

    private final StallDetector stalls;
    private final PeriodicTask ticking;
    private final Map<String, LiveSession> byId = new LinkedHashMap<>();
    private final Map<String, Map<String, LiveSession>> byAccount = new LinkedHashMap<>();

    public LiveSessions(CoreContext machinery, StallDetector stalls) {
        this.stalls = stalls;
        this.ticking = PeriodicTask.of(machinery.scheduler(), TICK, this::tick);
    }

    public void start() {
        stalls.start();
        ticking.start();
    }

    public void add(LiveSession session) {
        byId.put(session.id(), session);
        byAccount
                .computeIfAbsent(session.accountId(), account -> new LinkedHashMap<>())
                .put(session.id(), session);
    }

    public void remove(LiveSession session) {
        if (byId.remove(session.id(), session)) {
            Map<String, LiveSession> siblings = byAccount.getOrDefault(session.accountId(), Map.of());
            siblings.remove(session.id());
            if (siblings.isEmpty()) {
                byAccount.remove(session.accountId());
            }
        }
    }

    public @Nullable LiveSession get(String id) {
        return byId.get(id);
    }

    Collection<LiveSession> all() {
        return List.copyOf(byId.values());
    }

    public Collection<LiveSession> ofAccount(String accountId) {
        return List.copyOf(byAccount.getOrDefault(accountId, Map.of()).values());
    }

    public int size() {
        return byId.size();
    }

    public void endAll(EndReason reason) {
        all().forEach(session -> session.end(reason));
    }

    public void fenced() {
        stalls.fenced();
        all().forEach(LiveSession::fenced);
    }

    /** The lease was unbroken at some moment after that. */
    public void leaseUnbroken(long atLeastNanos) {
        if (stalls.leaseUnbroken(atLeastNanos)) {
            all().forEach(LiveSession::evaluate);
        }
    }

    private void tick() {
        stalls.tick();
        all().forEach(LiveSession::evaluate);
    }
}
