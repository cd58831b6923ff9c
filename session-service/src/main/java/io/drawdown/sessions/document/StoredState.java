package io.drawdown.sessions.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Resuming;
import io.drawdown.sessions.document.SessionState.Running;
import io.drawdown.sessions.document.SessionState.Starting;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A {@link SessionState} laid flat for the database; each name has only its own fields. */
public record StoredState(
        Name name,
        @Nullable Instant at,
        @Nullable Rate rate,
        @Nullable MeterReading proof,
        @Nullable EndReason reason,
        @Nullable Long usedMillis,
        @Nullable ProblemType problem,
        @Nullable Credits required,
        @Nullable Credits remaining,
        @Nullable Credits held,
        @Nullable Long accountSeq,
        @Nullable Bill bill) {

    /** The discriminator: by its name in documents, where queries use it; in small letters for readers. */
    @Schema(name = "SessionState")
    public enum Name {
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("resuming")
        RESUMING,
        @JsonProperty("ended")
        ENDED,
        @JsonProperty("refused")
        REFUSED
    }

    public static StoredState of(SessionState state) {
        return switch (state) {
            case Starting() ->
                new StoredState(Name.STARTING, null, null, null, null, null, null, null, null, null, null, null);
            case Running(Rate rate) ->
                new StoredState(Name.RUNNING, null, rate, null, null, null, null, null, null, null, null, null);
            case Resuming(MeterReading proof) ->
                new StoredState(Name.RESUMING, null, null, proof, null, null, null, null, null, null, null, null);
            case Ended(EndReason reason, long used, Instant at, Bill bill) ->
                new StoredState(Name.ENDED, at, null, null, reason, used, null, null, null, null, null, bill);
            case Refused(ProblemType problem, Credits required, Credits remaining, Credits held, Long seq) ->
                new StoredState(
                        Name.REFUSED, null, null, null, null, null, problem, required, remaining, held, seq, null);
        };
    }

    SessionState state() {
        return switch (name) {
            case STARTING -> new Starting();
            case RUNNING -> new Running(given(rate));
            case RESUMING -> new Resuming(proof);
            case ENDED -> new Ended(given(reason), given(usedMillis), given(at), bill);
            case REFUSED -> new Refused(given(problem), required, remaining, held, accountSeq);
        };
    }

    private <T> T given(@Nullable T field) {
        return Objects.requireNonNull(field, () -> "a stored session lacks a field of its state " + name);
    }
}
