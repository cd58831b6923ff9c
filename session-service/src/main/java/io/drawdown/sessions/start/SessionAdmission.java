package io.drawdown.sessions.start;

import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.idempotency.RequestHash;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.config.SessionsSettings.SessionLimits;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.ConnectionRouter;
import io.drawdown.sessions.connection.Refusals;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Origin;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.live.StallDetector;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.resume.ResumeAttempts;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a client that wants a session: a new one, the one that its start key already names, or one to resume. Bounds
 * how many sessions an account has here, and how many there are here at all: a start beyond that is to go to another instance.
 */
public final class SessionAdmission implements ConnectionRouter {

    private final ResumeAttempts resumes;
    private final LiveSessions live;
    private final StartAttempts starting;
    private final StallDetector stalls;
    private final Supplier<@Nullable Owner> firstOwner;
    private final Time time;
    private final SessionLimits limits;

    /** @param firstOwner this instance as the owner of a new session; null while it takes none */
    public SessionAdmission(
            ResumeAttempts resumes,
            LiveSessions live,
            StartAttempts starting,
            StallDetector stalls,
            Supplier<@Nullable Owner> firstOwner,
            Time time,
            SessionLimits limits) {
        this.resumes = resumes;
        this.live = live;
        this.starting = starting;
        this.stalls = stalls;
        this.firstOwner = firstOwner;
        this.time = time;
        this.limits = limits;
    }

    @Override
    public void start(ClientConnection client, Identity identity, ClientFrame.Start frame) {
        admitIfFresh(client, () -> check(client, identity, frame));
    }

    /** A frame that may be from before a stall starts nothing: its client has to send it again over a new socket. */
    private void admitIfFresh(ClientConnection client, Runnable admit) {
        stalls.look();
        if (stalls.mayPrecede(client.openedNanos())) {
            client.finish(new Frame.Restarting(1), EndReason.RESTARTING);
        } else {
            admit.run();
        }
    }

    private void check(ClientConnection client, Identity identity, ClientFrame.Start frame) {
        String account = frame.account() == null && !identity.forOthers() ? identity.subject() : frame.account();
        if (account == null || !isSane(account, frame)) {
            Refusals.tell(
                    client,
                    ProblemType.INVALID_REQUEST,
                    "start needs an account, a kind, and a start_key of 1 to 255 visible ASCII characters");
        } else if (!identity.mayUse(account)) {
            Refusals.tell(client, ProblemType.FORBIDDEN, "the token is not for this account");
        } else {
            start(client, account, frame);
        }
    }

    private static boolean isSane(String account, ClientFrame.Start frame) {
        return AccountId.isValid(account)
                && TariffName.isValid(frame.kind())
                && IdempotencyKey.isSane(frame.startKey());
    }

    private void start(ClientConnection client, String account, ClientFrame.Start frame) {
        String id = SessionIds.of(account, frame.startKey());
        String hash = hashOf(account, frame);
        Owner owner = firstOwner.get();
        LiveSession running = live.get(id);
        StartAttempt attempt = starting.get(id);
        if (owner == null) {
            Refusals.tell(client, ProblemType.UNAVAILABLE, "this instance takes no sessions now; try again");
        } else if (running != null && running.document().origin().requestHash().equals(hash)) {
            running.attach(client, false);
        } else if (attempt != null && attempt.isFor(hash)) {
            attempt.attach(client);
        } else if (running != null || attempt != null) {
            Refusals.tell(client, ProblemType.IDEMPOTENCY_KEY_REUSED, "this start key was used for another start");
        } else if (sessionsOf(account) >= limits.perAccount()) {
            Refusals.tell(client, ProblemType.TOO_MANY_SESSIONS, "end another session of this account first");
        } else if (isFull()) {
            Refusals.tellElsewhere(client, "this instance has as many sessions as it may have; another has room");
        } else {
            Origin origin = new Origin(account, frame.kind(), hash, time.now(), client.trace(), null);
            starting.begin(client, SessionDocument.starting(id, origin, owner), frame.nextHash());
        }
    }

    /** It takes no new sessions; those that it has, and those that come back to it, go on. */
    public boolean isFull() {
        return live.size() + starting.size() >= limits.perInstance();
    }

    /** A start under the same key that names another token is another start: its client could not come back. */
    private static String hashOf(String account, ClientFrame.Start frame) {
        List<String> asked = frame.nextHash() == null
                ? List.of(account, frame.kind())
                : List.of(account, frame.kind(), frame.nextHash());
        return RequestHash.of("START", "/api/v1/live/sessions", asked);
    }

    private long sessionsOf(String account) {
        return starting.ofAccount(account) + live.ofAccount(account).size();
    }

    @Override
    public void resume(ClientConnection client, Identity identity, ClientFrame.Resume frame) {
        admitIfFresh(client, () -> resumes.begin(client, identity, frame));
    }
}
