package io.drawdown.tasks.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the queue is, as this instance sees it.
 *
 * @param reasons why it is not ready; empty if it is
 */
@Schema(name = "QueueHealth")
public record Health(Level level, List<String> reasons) {

    /** How well tasks are served. None of them takes an instance out of service: all can accept tasks. */
    @Schema(name = "HealthLevel")
    public enum Level {
        @JsonProperty("ready")
        READY(0),
        /** Someone should look at it. */
        @JsonProperty("degraded")
        DEGRADED(1),
        /** Tasks are served much too late, or many of them fail. */
        @JsonProperty("unhealthy")
        UNHEALTHY(2);

        private final int figure;

        Level(int figure) {
            this.figure = figure;
        }

        /** As a metric: the greater, the worse. */
        int figure() {
            return figure;
        }

        /** As it is on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
