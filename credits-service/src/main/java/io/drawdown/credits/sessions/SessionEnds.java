package io.drawdown.credits.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.credits.decision.SessionKeys;
import io.drawdown.credits.rules.Command;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The end of a session is one command, whether its owner asks for the release or its event arrives first. */
public final class SessionEnds {

    private SessionEnds() {}

    /** The owner waits for the answer. */
    public static Command.Release fromOwner(String sessionId, Funding.Release release) {
        String account = release.accountId();
        return new Command.Release(
                account,
                sessionId,
                release.epoch(),
                release.usedMillis(),
                cause(release.reason()),
                SessionKeys.release(account, sessionId),
                SessionKeys.start(account, sessionId));
    }

    /** Nobody waits: without a hold there is nothing to do. */
    public static Command.Release fromEvent(SessionEvent event) {
        String account = event.accountId();
        return new Command.Release(
                account,
                event.sessionId(),
                event.epoch(),
                event.usedMillis(),
                cause(event.reason()),
                SessionKeys.release(account, event.sessionId()),
                null);
    }

    private static String cause(@Nullable EndReason reason) {
        return reason == null ? "end" : "end " + reason.name().toLowerCase(Locale.ROOT);
    }
}
