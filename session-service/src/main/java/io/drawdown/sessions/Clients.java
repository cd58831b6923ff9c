package io.drawdown.sessions;

import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.funding.Releases;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.live.StallDetector;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.resume.FormerOwners;
import io.drawdown.sessions.resume.ResumeAttempts;
import io.drawdown.sessions.resume.Resumptions;
import io.drawdown.sessions.start.Connections;
import io.drawdown.sessions.start.SessionAdmission;
import io.drawdown.sessions.start.StartAttempts;
import io.drawdown.sessions.start.StartingSweep;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clients of this instance, and all their ways to a live session: a start, or a return. */
final class Clients {

    private final StartAttempts starting;
    private final Resumptions resumptions;
    private final ResumeAttempts returning;
    private final SessionAdmission admission;
    private final Connections connections;
    private final StartingSweep sweep;

    /**
     * @param me this instance as an owner; null while it takes no sessions
     * @param orphaned takes a session that names this instance and does not live here
     */
    Clients(
            SessionsPorts ports,
            SessionsSettings settings,
            Parts parts,
            Supplier<@Nullable Owner> me,
            Consumer<SessionDocument> orphaned) {
        starting = new StartAttempts(
                ports.sessions(),
                parts.writes(),
                ports.credits(),
                parts.live(),
                parts.scheduler(),
                ports.resumeTokens(),
                orphaned);
        resumptions =
                new Resumptions(parts.writes(), ports.credits(), parts.releases(), parts.live(), parts.scheduler());
        returning = new ResumeAttempts(new ResumeAttempts.Surroundings(
                ports.sessions(),
                parts.writes(),
                parts.live(),
                resumptions,
                parts.owners(),
                new ResumeAttempts.Clock(parts.time(), parts.scheduler()),
                me,
                starting::isStarting));
        admission = new SessionAdmission(
                returning, parts.live(), starting, parts.stalls(), me, parts.time(), settings.sessions());
        connections = new Connections(
                admission, ports.authenticator(), parts.time(), parts.scheduler(), settings.connections());
        sweep = new StartingSweep(
                ports.sessions(),
                parts.writes(),
                ports.credits(),
                parts.releases(),
                parts.time(),
                parts.scheduler(),
                starting::isStarting);
    }

    void start() {
        sweep.start();
    }

    /** What the core has made. */
    record Parts(
            GuardedWrites<SessionDocument> writes,
            Releases releases,
            LiveSessions live,
            StallDetector stalls,
            FormerOwners owners,
            Time time,
            Scheduler scheduler) {}

    ClientConnection open(SocketPort<Frame> socket, @Nullable Identity identity) {
        return connections.open(socket, identity);
    }

    /** Whether it sends starts to other instances. */
    boolean isFull() {
        return admission.isFull();
    }

    int connections() {
        return connections.open();
    }

    int starting() {
        return starting.size();
    }

    /** Sessions that will live here soon. */
    int coming() {
        return starting.size() + resumptions.size();
    }

    boolean isComing(String sessionId) {
        return starting.isStarting(sessionId) || resumptions.isResuming(sessionId);
    }

    /** From now on nobody is let in, and a session that comes is handed over at once. */
    void stop() {
        connections.stop();
        starting.stop();
        sweep.stop();
        resumptions.stop();
        returning.giveUp();
    }

    /** This instance may not write under its name any more. */
    void fenced() {
        starting.fenced();
        returning.giveUp();
        resumptions.fenced();
    }
}
