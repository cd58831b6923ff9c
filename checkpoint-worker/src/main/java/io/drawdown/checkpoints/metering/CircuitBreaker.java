package io.drawdown.checkpoints.metering;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Keeps the worker from hammering a broker that is away: after some failures in a row nothing is sent for a pause; then
 * one record probes, and only its success opens the way for the rest. A further failure doubles the pause.
 */
sealed interface CircuitBreaker {

    int FAILURES = 5;
    Duration FIRST_PAUSE = Duration.ofSeconds(1);
    Duration LONGEST_PAUSE = Duration.ofSeconds(8);

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
            return failures + 1 < FAILURES ? new Closed(failures + 1) : Open.until(nanos, FIRST_PAUSE, random);
        }
    }

    /** Sends nothing before {@code untilNanos}. */
    record Open(long untilNanos, Duration pause) implements CircuitBreaker {

        static Open until(long nanos, Duration pause, RandomGenerator random) {
            long jittered = pause.toNanos() / 2 + random.nextLong(pause.toNanos());
            return new Open(nanos + jittered, pause);
        }

        @Override
        public boolean allows(long nanos) {
            return nanos - untilNanos >= 0;
        }

        @Override
        public CircuitBreaker sending() {
            return new Probing(pause);
        }

        /** A record that was sent before the pause got through after all: the broker is there. */
        @Override
        public CircuitBreaker succeeded() {
            return closed();
        }

        /** A record that was sent before the pause failed as well: nothing new. */
        @Override
        public CircuitBreaker failed(long nanos, RandomGenerator random) {
            return this;
        }
    }

    /** One record is out to see whether the broker is back. */
    record Probing(Duration pause) implements CircuitBreaker {
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
            Duration doubled = pause.multipliedBy(2);
            return Open.until(nanos, doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled, random);
        }
    }
}
