package io.drawdown.billing.api.item;

import io.drawdown.billing.item.ItemSpec;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An item that is to be charged and published. */
@Schema(name = "NewQueueItem")
public record NewItemRequest(
        @NotNull @Pattern(regexp = AccountId.FORM) String team,
        @NotNull @Pattern(regexp = ITEM_ID) String itemId,
        @NotNull @Pattern(regexp = TEXT) String title,
        @NotNull @Pattern(regexp = TEXT) String publisher,
        @Nullable @Min(0) @Max(MOST_CENTS) Long priceCents) {

    /** The team's own name of an item. */
    static final String ITEM_ID = "[A-Za-z0-9_.:-]{1,128}";

    /** One line for people. */
    static final String TEXT = "[^\\x00-\\x1F\\x7F]{0,199}[^\\x00-\\x1F\\x7F\\s][^\\x00-\\x1F\\x7F]{0,99}";

    static final long LEAST_CENTS = 50;
    static final long MOST_CENTS = 99_999_999;

    ItemSpec spec(long usualCents) {
        long cents = Objects.requireNonNullElse(priceCents, usualCents);
        if (cents > 0 && cents < LEAST_CENTS) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "price_cents is 0, or at least " + LEAST_CENTS + ": Stripe takes no less");
        }
        return new ItemSpec(team, itemId, title, publisher, cents);
    }
}
