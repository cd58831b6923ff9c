package io.drawdown.billing.api.topup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.Off;
import io.drawdown.billing.topup.TopUpDocument.Power;
import io.drawdown.billing.topup.TopUpDocument.Progress;
import io.drawdown.contracts.Credits;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An automatic top-up as clients see it. */
@Schema(name = "AutoTopUp")
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record TopUpView(
        String account,
        Credits threshold,
        String pack,
        int mostPerDay,
        @Nullable String email,
        StateView state,
        Instant since,
        @Nullable String purchase,
        @Nullable String day,
        int attempts,
        @Nullable Instant attemptAt,
        int failures) {

    /** Whether it buys. */
    @Schema(name = "AutoTopUpState")
    public enum StateView {
        @JsonProperty("on")
        ON,
        /** Several purchases in a row have failed. */
        @JsonProperty("off_after_failures")
        OFF_AFTER_FAILURES,
        /** Its pack is not sold any more, or is too small. */
        @JsonProperty("off_pack_gone")
        OFF_PACK_GONE;

        static StateView of(Power power) {
            Off reason = power.reason();
            if (reason == null) {
                return ON;
            }
            return switch (reason) {
                case PACK_GONE -> OFF_PACK_GONE;
                case FAILURES -> OFF_AFTER_FAILURES;
                case REMOVED -> throw new IllegalStateException("a removed top-up is not shown");
            };
        }
    }

    static TopUpView of(TopUpDocument rule) {
        Progress progress = rule.progress();
        return new TopUpView(
                rule.id(),
                rule.terms().threshold(),
                rule.terms().pack(),
                rule.terms().mostPerDay(),
                rule.terms().email(),
                StateView.of(rule.power()),
                rule.power().since(),
                progress.inFlight() == null ? null : progress.inFlight().purchase(),
                progress.day(),
                progress.attempts(),
                progress.attemptAt(),
                progress.failures());
    }
}
