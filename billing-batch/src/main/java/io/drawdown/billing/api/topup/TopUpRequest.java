package io.drawdown.billing.api.topup;

import io.drawdown.billing.notice.Notice;
import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An automatic top-up as its owner wants it.
 *
 * @param threshold it buys when the balance is at most this
 * @param card the stored payment method that must be the one that pays now; absent: whichever it is
 * @param mostPerDay how often it tries at most in a day; absent: {@value #USUAL_PER_DAY}
 * @param email the address that gets a mail when the top-up turns itself off; absent: no mail is sent
 */
@Schema(name = "AutoTopUpRequest")
public record TopUpRequest(
        @NotNull Credits threshold,
        @NotNull @Pattern(regexp = Pack.NAME) String pack,

        @Nullable @Pattern(regexp = "pm_[A-Za-z0-9_]{1,128}")
        String card,

        @Nullable @Min(1) @Max(100) Integer mostPerDay,
        @Nullable @Pattern(regexp = Notice.ADDRESS) String email) {

    static final int USUAL_PER_DAY = 5;

    /** @throws ProblemException the threshold is negative */
    Terms terms() {
        if (threshold.isNegative()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "threshold is not negative");
        }
        return new Terms(threshold, pack, Objects.requireNonNullElse(mostPerDay, USUAL_PER_DAY), email);
    }

    Optional<String> wantedCard() {
        return Optional.ofNullable(card);
    }

    /** A log must not show the address. */
    @Override
    public String toString() {
        return "TopUpRequest[threshold=" + threshold + ", pack=" + pack + "]";
    }
}
