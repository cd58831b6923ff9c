package io.drawdown.contracts;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of a server as a client knows it: the greatest that an answer told, carried on by the client's monotonic clock,
 * until one comes that was told more than a minute after it. An answer is read after it was written, so it runs behind a
 * server whose clock is not set back, by the way of one answer. Where several instances answer and their clocks differ, it is
 * that of the one that is most ahead: a deadline by any other would have passed there before it was sent.
 *
 * <p>Any thread may use it.
 */
public final class ServerClock {

    /** What every answer carries: the time of the server when it began to answer, RFC 3339, in whole milliseconds. */
    public static final String SERVER_TIME = "Server-Time";

    /** What a request may carry: after this instant, in the time of the server, it must not be carried out any more. */
    public static final String REQUEST_DEADLINE = "Request-Deadline";

    /** What is later is nobody's clock. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private volatile @Nullable Heard heard;

    private record Heard(Instant time, long atNanos) {

        Instant carriedOn(long nanos) {
            return time.plusNanos(nanos - atNanos);
        }

        boolean isReplacedBy(Heard next) {
            return next.atNanos - atNanos > MEMORY.toNanos() || !next.time.isBefore(carriedOn(next.atNanos));
        }
    }

    public ServerClock() {
        this(System::nanoTime);
    }

    /** @param nanos monotonic; only differences mean something */
    public ServerClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param serverTime of an answer that came just now; what is no time teaches nothing */
    public synchronized void learn(@Nullable String serverTime) {
        Instant told = parse(serverTime);
        if (told != null) {
            Heard next = new Heard(told, nanos.getAsLong());
            Heard known = heard;
            if (known == null || known.isReplacedBy(next)) {
                heard = next;
            }
        }
    }

    private static @Nullable Instant parse(@Nullable String serverTime) {
        try {
            Instant told = serverTime == null ? Instant.MAX : Instant.parse(serverTime);
            return told.isAfter(LATEST) || told.isBefore(Instant.EPOCH) ? null : told;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** Until when a request that is sent now is worth something to a client of such patience; empty before the first answer. */
    public Optional<Instant> deadline(Duration patience) {
        Heard known = heard;
        return known == null
                ? Optional.empty()
                : Optional.of(known.carriedOn(nanos.getAsLong()).plus(patience));
    }
}
