package io.drawdown.billing.publish.slack;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How Slack is reached.
 *
 * @param apiBase of the Web API, e.g. {@code https://slack.com}
 * @param botToken absent: no item is published by a bot
 * @param arePrivateAllowed whether a webhook may lead to an address that is not on the public internet
 */
public record SlackSettings(URI apiBase, Optional<String> botToken, boolean arePrivateAllowed) {

    static final Duration CONNECT = Duration.ofSeconds(2);
    static final Duration READ = Duration.ofSeconds(15);

    /** All of a request; shorter than the longest call of a publisher. */
    static final Duration CALL = Duration.ofSeconds(20);

    /** Without the secret. */
    @Override
    public String toString() {
        return "Slack at " + apiBase;
    }
}
