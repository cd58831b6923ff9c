package io.drawdown.sessions.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is in its life, as its document says:
 *
 * <pre>
 * Starting → Running → Ended
 *    ↑  \     ↑  \
 *    |   \    |   \→ Detached → Resuming, Ended     (its owner handed it over: nobody serves it)
 *    |    \   |    \→ Resuming → Running, Ended     (Resuming → Resuming: the taker died too)
 *    |     \→ Ended
 *    |      \→ Reported → Ended                    (a gateway states its total: this document is its owner)
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
        @JsonProperty("detached")
        DETACHED(Detached.class),
        @JsonProperty("resuming")
        RESUMING(Resuming.class),
        @JsonProperty("reported")
        REPORTED(Reported.class),
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
            case Detached _ -> Name.DETACHED;
            case Resuming _ -> Name.RESUMING;
            case Reported _ -> Name.REPORTED;
            case Ended _ -> Name.ENDED;
            case Refused _ -> Name.REFUSED;
        };
    }

    /** May still come to an end; at most one owner writes it. */
    sealed interface Open extends SessionState {

        default Ended end(EndReason reason, long usedMillis, Instant at) {
            return new Ended(reason, usedMillis, at, null, null);
        }
    }

    /** Has begun, and has a hold. */
    sealed interface Held extends Open {

        Rate rate();

        /** Another incarnation takes it over with what it can prove of its predecessor's total. */
        Resuming takeOver(@Nullable MeterReading proof);
    }

    /** Nothing has been served. If the start key is sent again, any instance decides it afresh. */
    sealed interface Unbegun extends SessionState {

        default Starting startAgain() {
            return new Starting();
        }

        default Ended abandon(Instant at) {
            return new Ended(EndReason.ABANDONED, 0, at, null, null);
        }
    }

    /** Stored; the first slice is being asked for. */
    record Starting() implements Open, Unbegun {

        Running run(Rate rate) {
            return new Running(rate);
        }

        Reported report(Rate rate, Advance advance, long mostMillis, Instant at) {
            return new Reported(rate, 0, at, advance, mostMillis);
        }
    }

    /** Held and metered by its owner. */
    record Running(Rate rate) implements Held {

        /** Its owner serves it no more, and states its exact total. */
        Detached handOver(MeterReading handed, Instant since) {
            return new Detached(rate, handed, since);
        }

        @Override
        public Resuming takeOver(@Nullable MeterReading proof) {
            return new Resuming(rate, proof);
        }
    }

    /**
     * Its owner stopped serving it and handed it over: nobody owns it. Any instance may take it over for its client, or end
     * it at the handed total, in the same epoch, once its client has not come back for too long.
     *
     * @param handed the exact total, of the last owner's epoch
     */
    record Detached(Rate rate, MeterReading handed, Instant since) implements Held {

        /** What was handed over is the proof. */
        @Override
        public Resuming takeOver(@Nullable MeterReading ignored) {
            return new Resuming(rate, handed);
        }
    }

    /** Being taken over. A proof, once written, is kept: a second taker finds no better one. */
    record Resuming(Rate rate, @Nullable MeterReading proof) implements Held {

        /** The taker serves it from now on. */
        Running run() {
            return new Running(rate);
        }

        @Override
        public Resuming takeOver(@Nullable MeterReading later) {
            return proof == null ? new Resuming(rate, later) : this;
        }
    }

    /**
     * Runs at a gateway, which has no socket and states the total itself. The document is its owner: a total is written
     * here before credits-service is told.
     *
     * @param usedMillis the greatest total that was stated; may be above what is funded
     * @param heardAt when the gateway stated something last
     * @param mostMillis how long it may last; absent: that was not fixed yet when it began
     */
    record Reported(
            Rate rate,
            long usedMillis,
            Instant heardAt,
            Advance advance,
            @Nullable Long mostMillis) implements Open {

        /** After so much usage credits-service is told, even if more is funded. */
        private static final long TOLD_EVERY_MILLIS = 30_000;

        /** The gateway says that this is its total. A smaller one than before is an old one. */
        public Reported heard(long statedMillis, Instant at) {
            return new Reported(rate, Math.max(usedMillis, statedMillis), at, advance, mostMillis);
        }

        public Reported advanced(Advance other) {
            return with(advance.and(other));
        }

        /** All but the increments that are begun. */
        public Reported giveBack() {
            return with(advance.giveBack(begunMillis()));
        }

        /** The same, if there is anything. */
        public Reported giveBackWhatIsLeft() {
            return advance.fundedMillis() > begunMillis() ? giveBack() : this;
        }

        private long begunMillis() {
            return Math.ceilDiv(usedMillis, rate.incrementMillis()) * rate.incrementMillis();
        }

        private Reported with(Advance next) {
            return new Reported(rate, usedMillis, heardAt, next, mostMillis);
        }

        /** Up to which total the session is paid for and may last. */
        public long fundedMillis() {
            return mostMillis == null ? advance.fundedMillis() : Math.min(advance.fundedMillis(), mostMillis);
        }

        /** Whether it has been served for as long as a session may last. */
        public boolean isUsedUp() {
            return mostMillis != null && usedMillis >= mostMillis;
        }

        /** What credits-service is told: never more than it funded, as far as is known here. */
        public long billableMillis() {
            return Math.min(usedMillis, fundedMillis());
        }

        public boolean isBeyondFunded() {
            return usedMillis > fundedMillis();
        }

        /**
         * Whether credits-service should be told: half of what it funded is used, or much, or no increment is left, or there
         * was no more last time.
         */
        public boolean isDue() {
            long untold = usedMillis - advance.settledMillis();
            long ahead = advance.fundedMillis() - advance.settledMillis();
            return advance.last()
                    || untold >= Math.min(TOLD_EVERY_MILLIS, ahead / 2)
                    || advance.fundedMillis() - usedMillis < rate.incrementMillis();
        }

        /** When all that is funded is used if the session goes on at the pace of real time, or when it has lasted too long. */
        Instant endsAt(Instant startedAt) {
            Instant used = heardAt.plusMillis(Math.max(0, fundedMillis() - usedMillis));
            Instant last = mostMillis == null ? used : startedAt.plusMillis(mostMillis);
            return used.isBefore(last) ? used : last;
        }

        @Override
        public Ended end(EndReason reason, long statedMillis, Instant at) {
            Reported last = heard(statedMillis, at);
            return new Ended(reason, last.billableMillis(), at, null, last.usedMillis());
        }
    }

    /**
     * Over, with its final total.
     *
     * @param bill what it cost; absent until credits-service has said so
     * @param statedMillis of a gateway's session: the total that the gateway stated, which may be above {@code usedMillis},
     *     all that is paid for; else absent
     */
    record Ended(
            EndReason reason,
            long usedMillis,
            Instant at,
            @Nullable Bill bill,
            @Nullable Long statedMillis) implements SessionState {

        Ended billed(Bill known) {
            return new Ended(reason, usedMillis, at, known, statedMillis);
        }

        /** The total that is charged; empty until it is known. */
        Optional<Long> billedMillis() {
            return Optional.ofNullable(bill)
                    .map(known -> known.billedMillis() == null ? Long.valueOf(usedMillis) : known.billedMillis());
        }

        /** How long it was served as its owner states it, paid for or not. */
        public long servedMillis() {
            return statedMillis == null ? usedMillis : statedMillis;
        }
    }

    /** Did not begin, and nobody works on it. Not an end: the same start key may still start it. */
    record Refused(
            ProblemType problem,
            @Nullable Credits required,
            @Nullable Credits remaining,
            @Nullable Credits held,
            @Nullable Long accountSeq)
            implements Unbegun {

        /** @param answer a refusal of a start */
        public static Refused of(Funding.Answer answer) {
            ProblemType problem = answer.problem() == null ? ProblemType.INTERNAL : answer.problem();
            AccountView account = answer.account();
            return account == null
                    ? new Refused(problem, answer.creditsRequired(), null, null, null)
                    : new Refused(
                            problem, answer.creditsRequired(), account.available(), account.held(), account.seq());
        }
    }
}
