package io.drawdown.sessions.sessions;

import io.drawdown.contracts.EndReason;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions that this instance serves, and the tick that lets each look at itself twice a second. */
final class LiveSessions {

    static final Duration TICK = Duration.ofMillis(500);

    private final Machinery machinery;
    private final Standstill standstill;
    private final Map<String, LiveSession> byId = new LinkedHashMap<>();
    private final Map<String, Map<String, LiveSession>> byAccount = new LinkedHashMap<>();

    LiveSessions(Machinery machinery, Standstill standstill) {
        this.machinery = machinery;
        this.standstill = standstill;
    }

    void start() {
        standstill.start();
        machinery.scheduler().after(TICK, this::tick);
    }

    void add(LiveSession session) {
        byId.put(session.id(), session);
        byAccount
                .computeIfAbsent(session.accountId(), account -> new LinkedHashMap<>())
                .put(session.id(), session);
    }

    void remove(LiveSession session) {
        if (byId.remove(session.id(), session)) {
            Map<String, LiveSession> siblings = byAccount.getOrDefault(session.accountId(), Map.of());
            siblings.remove(session.id());
            if (siblings.isEmpty()) {
                byAccount.remove(session.accountId());
            }
        }
    }

    @Nullable
    LiveSession get(String id) {
        return byId.get(id);
    }

    Collection<LiveSession> all() {
        return List.copyOf(byId.values());
    }

    Collection<LiveSession> ofAccount(String accountId) {
        return List.copyOf(byAccount.getOrDefault(accountId, Map.of()).values());
    }

    int size() {
        return byId.size();
    }

    void endAll(EndReason reason) {
        all().forEach(session -> session.end(reason));
    }

    void fenced() {
        standstill.fenced();
        all().forEach(LiveSession::fenced);
    }

    /** The lease was unbroken at some moment after that. */
    void leaseUnbroken(long atLeastNanos) {
        if (standstill.leaseUnbroken(atLeastNanos)) {
            all().forEach(LiveSession::evaluate);
        }
    }

    private void tick() {
        standstill.tick();
        all().forEach(LiveSession::evaluate);
        machinery.scheduler().after(TICK, this::tick);
    }
}
