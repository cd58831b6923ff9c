package io.drawdown.sessions.sessions;

import io.drawdown.contracts.EndReason;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All sessions that this instance serves, and the tick that lets each look at itself twice a second.
 *
 * <p>A tick that comes so late that the lease may have run out freezes them all: nobody is served until the lease is
 * known to be unbroken.
 */
final class LiveSessions {

    static final Duration TICK = Duration.ofMillis(500);
    static final Duration LONG_GAP = Duration.ofSeconds(4);

    private final Machinery machinery;
    private final Runnable woke;
    private final Map<String, LiveSession> byId = new LinkedHashMap<>();
    private final Map<String, Map<String, LiveSession>> byAccount = new LinkedHashMap<>();
    private long tickedNanos;
    private long frozenNanos;
    private boolean frozen;

    /** @param woke told after a long gap */
    LiveSessions(Machinery machinery, Runnable woke) {
        this.machinery = machinery;
        this.woke = woke;
    }

    void start() {
        tickedNanos = machinery.time().nanos();
        machinery.scheduler().after(TICK, this::tick);
    }

    void add(LiveSession session) {
        byId.put(session.id(), session);
        byAccount
                .computeIfAbsent(session.accountId(), account -> new LinkedHashMap<>())
                .put(session.id(), session);
        if (frozen) {
            session.freeze();
        }
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
        frozen = false;
        all().forEach(LiveSession::fenced);
    }

    /** The lease was unbroken at some moment after that. */
    void leaseUnbroken(long atLeastNanos) {
        if (frozen && atLeastNanos - frozenNanos >= 0) {
            frozen = false;
            all().forEach(LiveSession::thaw);
        }
    }

    private void tick() {
        long now = machinery.time().nanos();
        if (now - tickedNanos > LONG_GAP.toNanos()) {
            frozen = true;
            frozenNanos = now;
            all().forEach(LiveSession::freeze);
            woke.run();
        }
        tickedNanos = now;
        all().forEach(LiveSession::evaluate);
        machinery.scheduler().after(TICK, this::tick);
    }
}
