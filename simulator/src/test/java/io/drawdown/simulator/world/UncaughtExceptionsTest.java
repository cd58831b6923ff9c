package io.drawdown.simulator.world;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UncaughtExceptionsTest {

    static {
        UncaughtExceptions.install();
    }

    private final Findings findings = new Findings(new Timeline());

    @Test
    void aThrownExceptionIsAFinding() {
        // Given
        Runnable history = () -> {
            throw new IllegalStateException("no such state");
        };

        // When
        UncaughtExceptions.watch(findings, history);

        // Then
        assertThat(findings.first()).isNotNull();
        assertThat(findings.first().invariant()).isEqualTo("no exception escapes");
        assertThat(findings.first().detail()).contains("no such state", "UncaughtExceptionsTest.java");
    }

    @Test
    void anExceptionThatAPipelineDropsIsAFinding() {
        // Given
        Runnable history = () -> Uni.createFrom().item(1).subscribe().with(item -> {
            throw new IllegalStateException("nobody hears me");
        });

        // When
        UncaughtExceptions.watch(findings, history);

        // Then
        assertThat(findings.first()).isNotNull();
        assertThat(findings.first().detail()).contains("nobody hears me");
    }

    @Test
    void theHandlerOfTheThreadIsRestored() {
        // Given
        Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();

        // When
        UncaughtExceptions.watch(findings, () -> {});

        // Then
        assertThat(Thread.currentThread().getUncaughtExceptionHandler()).isSameAs(before);
        assertThat(findings.isEmpty()).isTrue();
    }
}
