package io.drawdown.kit.connections;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long each part of a request may take, in nanoseconds. */
record Limits(long head, long body, long answer, long idle) {

    private static volatile Limits current =
            of(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(75));

    Limits {
        if (head <= 0 || body <= 0 || answer <= 0 || idle <= 0) {
            throw new IllegalArgumentException("every duration below drawdown.http is above zero");
        }
    }

    static Limits of(Duration head, Duration body, Duration answer, Duration idle) {
        return new Limits(head.toNanos(), body.toNanos(), answer.toNanos(), idle.toNanos());
    }

    /** The limits of this process. They are static because Netty creates the handlers, so nobody can pass them in. */
    static Limits current() {
        return current;
    }

    static void apply(Limits limits) {
        current = limits;
    }

    /** Applies the configuration, before the first connection. */
    @Singleton
    static final class Configured {
        private static final int FIRST = 1;

        void apply(@Observes @Priority(FIRST) StartupEvent event, ConnectionConfig config) {
            ConnectionConfig.Http http = config.http();
            Limits.apply(of(http.headWithin(), http.bodyWithin(), http.answerTakenWithin(), http.idle()));
        }
    }
}
