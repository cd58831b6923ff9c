package io.drawdown.credits.http.ledger;

import io.drawdown.contracts.TariffName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A one-off charge by the price list.
 *
 * @param units absent: 1
 */
public record ChargeRequest(
        @NotNull @Pattern(regexp = TariffName.FORM) String meter,
        @Nullable @Min(1) @Max(1_000_000) Long units) {

    /** The same charge in its shortest spelling, so that a default that is spelled out under a key is the same request. */
    ChargeRequest normal() {
        return count() == 1 ? new ChargeRequest(meter, null) : this;
    }

    long count() {
        return units == null ? 1 : units;
    }
}
