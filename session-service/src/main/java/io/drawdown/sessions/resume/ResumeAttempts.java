package io.drawdown.sessions.resume;

import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.protocol.ClientFrame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All attempts of clients to come back to their sessions here. */
public final class ResumeAttempts {

    private final Surroundings surroundings;
    private final Set<ResumeAttempt> open = new LinkedHashSet<>();

    public ResumeAttempts(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * What an attempt works with.
     *
     * @param me this instance as an owner, of whatever epoch; null while it takes no sessions
     * @param isStarting whether this instance is starting the session
     */
    public record Surroundings(
            SessionStore store,
            GuardedWrites<SessionDocument> writes,
            LiveSessions live,
            Resumptions resumptions,
            FormerOwners owners,
            Clock clock,
            Supplier<@Nullable Owner> me,
            Predicate<String> isStarting) {}

    /** Time and timers. */
    public record Clock(Time time, Scheduler scheduler) {}

    public void begin(ClientConnection client, Identity identity, ClientFrame.Resume frame) {
        ResumeAttempt attempt =
                new ResumeAttempt(surroundings, ReturningClient.of(client), identity, frame, this::over);
        open.add(attempt);
        attempt.begin();
    }

    /** Its clients are to go elsewhere. */
    public void giveUp() {
        List.copyOf(open).forEach(ResumeAttempt::giveUp);
    }

    private void over(ResumeAttempt attempt) {
        open.remove(attempt);
    }
}
