package io.drawdown.checkpoints.metering;

import io.drawdown.kit.time.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Keeps the worker from hammering a broker that is away. After some failures in a row nothing is sent for a pause.
 * Then one record probes, and only its success lets the others through; its failure doubles the pause.
 */
sealed interface CircuitBreaker {

    int FAILURES = 5;
    Backoff PAUSE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));

    static CircuitBreaker closed() {
        return new Closed(0);
    }

    boolean allows(long nanos);

    /** A record is being sent. */
    CircuitBreaker sending();

    CircuitBreaker succeeded();

    CircuitBreaker failed(long nanos, RandomGenerator random);

    /** Sends freely. */
    record Closed(int failures) implements CircuitBreaker {
        @Override
        public boolean allows(long nanos) {
            return true;
        }

        @Override
        public CircuitBreaker sending() {
            return this;
        }

        @Override
        public CircuitBreaker succeeded() {
            return failures == 0 ? this : closed();
        }

        @Override
        public CircuitBreaker failed(long nanos, RandomGenerator random) {
            return failures + 1 < FAILURES ? new Closed(failures + 1) : Open.after(0, nanos, random);
        }
    }

    /**
     * Sends nothing before {@code untilNanos}.
     *
     * @param failedProbes how many probes in a row have failed
     */
    record Open(long untilNanos, int failedProbes) implements CircuitBreaker {

        static Open after(int failedProbes, long nanos, RandomGenerator random) {
            return new Open(nanos + PAUSE.delay(failedProbes, random).toNanos(), failedProbes);
        }

        @Override
        public boolean allows(long nanos) {
            return nanos - untilNanos >= 0;
        }

        @Override
        public CircuitBreaker sending() {
            return new Probing(failedProbes);
        }

        /** A record that was sent before the pause was acknowledged: the broker is back. */
        @Override
        public CircuitBreaker succeeded() {
            return closed();
        }

        /** A record that was sent before the pause failed too, which is nothing new. */
        @Override
        public CircuitBreaker failed(long nanos, RandomGenerator random) {
            return this;
        }
    }

    /** One record is in flight, to find out whether the broker is back. */
    record Probing(int failedProbes) implements CircuitBreaker {
        @Override
        public boolean allows(long nanos) {
            return false;
        }

        @Override
        public CircuitBreaker sending() {
            throw new IllegalStateException("one probe at a time");
        }

        @Override
        public CircuitBreaker succeeded() {
            return closed();
        }

        @Override
        public CircuitBreaker failed(long nanos, RandomGenerator random) {
            return Open.after(failedProbes + 1, nanos, random);
        }
    }
}
