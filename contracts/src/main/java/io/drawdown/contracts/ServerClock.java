package io.drawdown.contracts;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's time as a client knows it: the greatest time of an answer, carried on by the client's monotonic clock. An
 * answer that comes more than a minute later replaces it. The clock is behind the server's by the delay of one answer,
 * unless the server's clock is set back. If several instances answer with different clocks, it follows the one that is most
 * ahead; by any other clock, a deadline would have passed there before the request was sent.
 *
 * <p>Any thread may use it.
 */
public final class ServerClock {

    /** The header of every answer: the server's time when it began to answer, RFC 3339, in whole milliseconds. */
    public static final String SERVER_TIME = "Server-Time";

    /** The header that a request may have: after this instant of the server's time it must not be carried out. */
    public static final String REQUEST_DEADLINE = "Request-Deadline";

    /** The latest time that is accepted. */
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

    /** @param nanos a monotonic clock; only differences matter */
    public ServerClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param serverTime the header of an answer that came just now; a value that is not a time is ignored */
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

    /**
     * The deadline of a request that is sent now by a client that waits for {@code patience}; empty before the first
     * answer.
     */
    public Optional<Instant> deadline(Duration patience) {
        Heard known = heard;
        return known == null
                ? Optional.empty()
                : Optional.of(known.carriedOn(nanos.getAsLong()).plus(patience));
    }
}
