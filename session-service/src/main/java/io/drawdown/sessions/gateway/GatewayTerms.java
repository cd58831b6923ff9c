package io.drawdown.sessions.gateway;

import io.drawdown.sessions.config.SessionsSettings;
import java.time.Duration;

/**
 * The bounds of a gateway's session.
 *
 * @param maximumDuration how long it may last
 * @param pausedAtMost how long it may be paused at a stretch
 */
public record GatewayTerms(Duration maximumDuration, Duration pausedAtMost) {

    /** A session whose gateway says nothing for that long is ended. */
    static final Duration SILENT_FOR = Duration.ofSeconds(60);

    public static GatewayTerms of(SessionsSettings settings) {
        return new GatewayTerms(settings.maximumDuration(), settings.pausedAtMost());
    }
}
