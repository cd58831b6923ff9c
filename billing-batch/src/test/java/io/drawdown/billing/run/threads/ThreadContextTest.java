package io.drawdown.billing.run.threads;

import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.engine.Turn;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadContextTest {

    private final ManualTime time = new ManualTime();

    /** A turn in a run that may have had another runner. */
    private record PlainTurn(Instant asOf, Figures former) implements Turn {

        @Override
        public boolean isDry() {
            return false;
        }

        @Override
        public @Nullable TraceContext trace() {
            return null;
        }

        @Override
        public long deadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public @Nullable String cursor() {
            return null;
        }

        @Override
        public Uni<Boolean> save(String cursor) {
            return holds();
        }

        @Override
        public Uni<Boolean> holds() {
            return Uni.createFrom().item(true);
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    @Test
    void whatIsCountedIsAddedToWhatTheFormerRunnerHadCounted() {
        // Given
        Figures former = new Figures(Map.of("processed_count", 7L, "failed_count", 1L), "page 2");
        ThreadContext context = new ThreadContext(new PlainTurn(time.now(), former), time, time);
        // When
        context.count("processed_count", 2);
        // Then
        assertThat(context.figures())
                .isEqualTo(new Figures(Map.of("processed_count", 9L, "failed_count", 1L), "page 2"));
    }
}
