package io.drawdown.billing.api.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseState;
import io.drawdown.contracts.Credits;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A purchase as clients see it. */
@Schema(name = "Purchase")
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record PurchaseView(
        String id,
        String account,
        String pack,
        Credits credits,
        long amountCents,
        String currency,
        PurchaseStateView state,
        boolean automatic,
        Instant begunAt,
        @Nullable String reason,
        @Nullable ReceiptView receipt,
        @Nullable GrantView grant,
        @Nullable RefundView refund) {

    /** The money that was taken. */
    @Schema(name = "PurchaseReceipt")
    public record ReceiptView(String paymentIntent, String charge, Instant paidAt) {}

    /** The credits that were given. */
    @Schema(name = "PurchaseGrant")
    public record GrantView(long seq, Instant grantedAt) {}

    /** The money that was given back. */
    @Schema(name = "PurchaseRefund")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RefundView(@Nullable String refundId, Instant refundedAt) {}

    static PurchaseView of(PurchaseDocument purchase) {
        return new PurchaseView(
                purchase.id(),
                purchase.spec().account(),
                purchase.spec().pack().name(),
                purchase.spec().pack().credits(),
                purchase.spec().pack().priceCents(),
                Terms.USD,
                PurchaseStateView.of(purchase.status()),
                purchase.spec().isAutomatic(),
                purchase.spec().begunAt(),
                purchase.reason(),
                receipt(purchase),
                purchase.state() instanceof PurchaseState.Granted granted
                        ? new GrantView(granted.seq(), granted.at())
                        : null,
                purchase.state() instanceof PurchaseState.Refunded refunded
                        ? new RefundView(refunded.refund(), refunded.at())
                        : null);
    }

    private static @Nullable ReceiptView receipt(PurchaseDocument purchase) {
        return purchase.charge().state() instanceof ChargeState.Charged charged && charged.receipt() != null
                ? new ReceiptView(charged.receipt().intent(), charged.receipt().charge(), charged.at())
                : null;
    }
}
