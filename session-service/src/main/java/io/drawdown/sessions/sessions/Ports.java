package io.drawdown.sessions.sessions;

import io.drawdown.kit.events.EventPublisher;
import io.drawdown.sessions.instances.IncarnationStore;

/** Everything outside that the core talks to. */
public record Ports(
        SessionStore sessions,
        IncarnationStore incarnations,
        CreditsClient credits,
        HeartbeatHistory heartbeats,
        EventPublisher events,
        Authenticator authenticator,
        Media media) {}
