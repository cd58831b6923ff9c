package io.drawdown.sessions;

import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.socket.Authenticator;
import io.drawdown.sessions.document.SessionStore;
import io.drawdown.sessions.funding.CreditsClient;
import io.drawdown.sessions.live.Media;
import io.drawdown.sessions.recovery.HeartbeatHistory;
import java.util.function.Supplier;

/**
 * Everything outside the core that it talks to.
 *
 * @param resumeTokens gives unguessable tokens
 */
public record SessionsPorts(
        SessionStore sessions,
        IncarnationStore incarnations,
        CreditsClient credits,
        HeartbeatHistory heartbeats,
        EventPublisher events,
        Authenticator authenticator,
        Media media,
        Supplier<String> resumeTokens) {}
