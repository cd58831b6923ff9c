package io.drawdown.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LoadTest {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    @Test
    void allThatWereDueDuringAStallFeelIt() {
        AtomicLong begun = new AtomicLong();
        Operation stallsOnce = () -> {
            if (begun.getAndIncrement() == 0) {
                standStill(Duration.ofMillis(200));
            }
            return DONE;
        };

        Load load = OpenLoop.run(stallsOnce, 1_000, Duration.ZERO, Duration.ofMillis(200));

        assertThat(begun).hasValue(200);
        assertThat(load.latency().p50Micros()).isGreaterThan(90_000);
    }

    @Test
    void whatFailsOrNeverEndsHindersNothingElseAndIsNotCounted() {
        // Given
        CompletionStage<Void> never = new CompletableFuture<>();
        CompletionStage<Void> failed = CompletableFuture.failedFuture(new IllegalStateException("refused"));

        // When
        int succeeded = Bulk.tryAll(10, 2, Duration.ofSeconds(2), number -> switch (number) {
            case 0 -> never;
            case 1 -> failed;
            case 2 -> throw new IllegalStateException("not even begun");
            default -> DONE;
        });

        // Then
        assertThat(succeeded).isEqualTo(7);
    }

    @Test
    void theWarmUpIsNotCounted() {
        AtomicLong begun = new AtomicLong();
        Operation stallsInTheWarmUp = () -> {
            if (begun.getAndIncrement() < 20) {
                return new CompletableFuture<Void>().completeOnTimeout(null, 2, TimeUnit.SECONDS);
            }
            return DONE;
        };

        Load load = OpenLoop.run(stallsInTheWarmUp, 100, Duration.ofMillis(200), Duration.ofMillis(300));

        assertThat(begun).hasValue(50);
        assertThat(load.perSecond()).isBetween(99.0, 101.0);
        assertThat(load.latency().p50Micros()).isLessThan(1_000_000);
    }

    @Test
    void aRateThatIsNotHeldIsGivenUp() {
        Operation neverDone = () -> CompletableFuture.failedFuture(new IllegalStateException("refused"));

        Load load = OpenLoop.run(neverDone, 500, Duration.ZERO, Duration.ofMillis(100));

        assertThat(load.failed()).isEqualTo(50);
        assertThat(load.holds(Duration.ofSeconds(10))).isFalse();
    }

    @Test
    void aClosedLoopHasNoMoreUnderWayThanAsked() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (var pool = Executors.newFixedThreadPool(8)) {
            Operation operation = () -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                return CompletableFuture.runAsync(underWay::decrementAndGet, pool);
            };

            Load load = ClosedLoop.run(operation, 3, Duration.ZERO, Duration.ofMillis(100));

            assertThat(load.failed()).isZero();
            assertThat(load.perSecond()).isPositive();
            assertThat(most).hasValueLessThanOrEqualTo(3);
        }
    }

    @Test
    void operationsThatAreDoneAtOnceFollowEachOther() {
        Load load = ClosedLoop.run(() -> DONE, 2, Duration.ZERO, Duration.ofMillis(200));

        assertThat(load.failed()).isZero();
        assertThat(load.perSecond()).isPositive();
    }

    @Test
    void aFailureInAnyRoundCounts() {
        AtomicLong begun = new AtomicLong();
        Operation failsOnce = () -> begun.getAndIncrement() == 0
                ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                : DONE;

        Load load = new Pace(Duration.ZERO, Duration.ofMillis(100), 3).atRate(failsOnce, 100);

        assertThat(begun).hasValue(30);
        assertThat(load.failed()).isEqualTo(1);
    }

    private static void standStill(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
