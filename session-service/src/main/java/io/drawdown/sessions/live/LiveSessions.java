package io.drawdown.sessions.live;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.protocol.PauseCause;
import io.drawdown.sessions.protocol.PauseWish;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions that this instance owns, and the tick that lets each look at itself twice a second. */
public final class LiveSessions {

    /** When the first clients of an instance that stops come back. */
    public static final Duration COME_BACK = Duration.ofSeconds(1);

    static final Duration TICK = Duration.ofMillis(500);

    private static final int SESSIONS_PER_SECOND = 50;

    private final Media media;
    private final StallDetector stalls;
    private final CreditsClient credits;
    private final OwnerWrites writes;
    private final Time time;
    private final Scheduler scheduler;
    private final PeriodicTask ticks;
    private final SessionsSettings settings;
    private final Map<String, LiveSession> byId = new LinkedHashMap<>();
    private final Map<String, Map<String, LiveSession>> byAccount = new LinkedHashMap<>();

    public LiveSessions(
            Media media,
            StallDetector stalls,
            CreditsClient credits,
            OwnerWrites writes,
            Time time,
            Scheduler scheduler,
            SessionsSettings settings) {
        this.media = media;
        this.stalls = stalls;
        this.credits = credits;
        this.writes = writes;
        this.time = time;
        this.scheduler = scheduler;
        this.settings = settings;
        this.ticks = PeriodicTask.of(scheduler, TICK, this::tick);
        media.listen(new Flow());
    }

    public void start() {
        stalls.start();
        ticks.start();
    }

    /** From now on this instance owns the session; it is served as soon as its client is attached. */
    public LiveSession open(FundedStart start) {
        MeteredMedia metered = new MeteredMedia(start, media, time, settings.maximumDuration());
        LiveSession session = new LiveSession(start, metered, stalls, credits, writes, scheduler, settings);
        byId.put(session.id(), session);
        byAccount
                .computeIfAbsent(session.accountId(), account -> new LinkedHashMap<>())
                .put(session.id(), session);
        session.whenClosed(closed -> remove(session));
        return session;
    }

    private void remove(LiveSession session) {
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

    /** This instance stops: each client is told to come back, many not at once, and all well within the grace period. */
    public void handOverAll() {
        int size = byId.size();
        Duration whole = Duration.ofSeconds(size).dividedBy(SESSIONS_PER_SECOND);
        Duration most = settings.gracePeriod().dividedBy(2);
        Duration spread = whole.compareTo(most) < 0 ? whole : most;
        int index = 0;
        for (LiveSession session : all()) {
            session.handOver(COME_BACK.plus(spread.multipliedBy(index++).dividedBy(size)));
        }
    }

    /** What is served here under an older epoch than is stored was taken from here, and was not told so. */
    public void stopIfReplaced(SessionDocument stored) {
        LiveSession here = byId.get(stored.id());
        if (here != null && stored.owner().epoch() > here.epoch()) {
            here.replaced();
        }
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

    /** A session is paused while its media is stalled. */
    private final class Flow implements Media.Listener {

        @Override
        public void stalled(String sessionId) {
            LiveSession session = get(sessionId);
            if (session != null) {
                session.pause(PauseCause.MEDIA, PauseWish.PAUSE);
            }
        }

        @Override
        public void flowing(String sessionId) {
            LiveSession session = get(sessionId);
            if (session != null) {
                session.pause(PauseCause.MEDIA, PauseWish.GO_ON);
            }
        }
    }

    private void tick() {
        stalls.tick();
        all().forEach(LiveSession::evaluate);
    }
}
