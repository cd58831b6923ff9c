package io.drawdown.contracts;

import java.time.Duration;

/** Every topic of Drawdown. The partition count is one for all of them and fixed at creation. */
public enum Topic {
    SESSION_LIFECYCLE("drawdown.session.lifecycle", Duration.ofDays(7)),
    SESSION_HEARTBEAT("drawdown.session.heartbeat", Duration.ofHours(1)),
    METERING_USAGE("drawdown.metering.usage", Duration.ofDays(1)),
    CREDITS_ACCOUNT("drawdown.credits.account", Duration.ofDays(7)),
    CREDITS_DEAD_LETTER("drawdown.credits-service.dead-letter", Duration.ofDays(7)),
    SESSION_DEAD_LETTER("drawdown.session-service.dead-letter", Duration.ofDays(7)),
    CHECKPOINT_DEAD_LETTER("drawdown.checkpoint-worker.dead-letter", Duration.ofDays(7));

    private final String topicName;
    private final Duration retention;

    Topic(String topicName, Duration retention) {
        this.topicName = topicName;
        this.retention = retention;
    }

    public String topicName() {
        return topicName;
    }

    public Duration retention() {
        return retention;
    }
}
