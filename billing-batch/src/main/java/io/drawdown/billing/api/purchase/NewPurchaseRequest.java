package io.drawdown.billing.api.purchase;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.contracts.AccountId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Credits to be bought.
 *
 * @param onSession whether the customer is there and can authenticate now; absent: true
 */
@Schema(name = "NewPurchase")
public record NewPurchaseRequest(
        @NotNull @Pattern(regexp = AccountId.FORM) String account,
        @NotNull @Pattern(regexp = Pack.NAME) String pack,
        @Nullable Boolean onSession) {

    boolean isOnSession() {
        return onSession == null || onSession;
    }

    /** The same request in its shortest spelling. */
    NewPurchaseRequest normal() {
        return new NewPurchaseRequest(account, pack, isOnSession() ? null : false);
    }
}
