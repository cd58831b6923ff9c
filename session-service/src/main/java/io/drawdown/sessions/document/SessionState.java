package io.drawdown.sessions.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is in its life, as its document says:
 *
 * <pre>
 * Starting → Running → Ended
 *    ↑  \        \→ Resuming → Ended      (Resuming → Resuming: the taker died too)
 *    |   \→ Ended
 *    ↓
 * Refused → Ended                           (a hold came after the refusal: it is given back with this end)
 * </pre>
 *
 * What only the owner needs to know (served, silent, at its limit) is not stored; it is in {@code Phase}.
 */
public sealed interface SessionState {

    /** Its name: in capitals in documents, where queries use it; in small letters for readers. */
    @Schema(name = "SessionState")
    enum Name {
        @JsonProperty("starting")
        STARTING(Starting.class),
        @JsonProperty("running")
        RUNNING(Running.class),
        @JsonProperty("resuming")
        RESUMING(Resuming.class),
        @JsonProperty("ended")
        ENDED(Ended.class),
        @JsonProperty("refused")
        REFUSED(Refused.class);

        private final Class<? extends SessionState> type;

        Name(Class<? extends SessionState> type) {
            this.type = type;
        }

        Class<? extends SessionState> type() {
            return type;
        }
    }

    default Name name() {
        return switch (this) {
            case Starting _ -> Name.STARTING;
            case Running _ -> Name.RUNNING;
            case Resuming _ -> Name.RESUMING;
            case Ended _ -> Name.ENDED;
            case Refused _ -> Name.REFUSED;
        };
    }

    /** May still come to an end; exactly one owner writes it. */
    sealed interface Open extends SessionState {

        default Ended end(EndReason reason, long usedMillis, Instant at) {
            return new Ended(reason, usedMillis, at, null);
        }

        /** Another incarnation takes it over with what it can prove of its predecessor's total. */
        Resuming takeOver(@Nullable MeterReading proof);
    }

    /** Nothing has been served. If the start key is sent again, any instance decides it afresh. */
    sealed interface Unbegun extends SessionState {

        default Starting startAgain() {
            return new Starting();
        }

        default Ended abandon(Instant at) {
            return new Ended(EndReason.ABANDONED, 0, at, null);
        }
    }

    /** Stored; the first slice is being asked for. */
    record Starting() implements Open, Unbegun {

        Running run(Rate rate) {
            return new Running(rate);
        }

        @Override
        public Resuming takeOver(@Nullable MeterReading proof) {
            return new Resuming(proof);
        }
    }

    /** Held and metered by its owner. */
    record Running(Rate rate) implements Open {

        @Override
        public Resuming takeOver(@Nullable MeterReading proof) {
            return new Resuming(proof);
        }
    }

    /** Being taken over. A proof, once written, is kept: a second taker finds no better one. */
    record Resuming(@Nullable MeterReading proof) implements Open {

        @Override
        public Resuming takeOver(@Nullable MeterReading later) {
            return proof == null ? new Resuming(later) : this;
        }
    }

    /**
     * Over, with its final total.
     *
     * @param bill what it cost; absent until credits-service has said so
     */
    record Ended(
            EndReason reason,
            long usedMillis,
            Instant at,
            @Nullable Bill bill) implements SessionState {

        Ended billed(Bill known) {
            return new Ended(reason, usedMillis, at, known);
        }
    }

    /** Did not begin, and nobody works on it. Not an end: the same start key may still start it. */
    record Refused(
            ProblemType problem,
            @Nullable Credits required,
            @Nullable Credits remaining,
            @Nullable Credits held,
            @Nullable Long accountSeq)
            implements Unbegun {}
}
