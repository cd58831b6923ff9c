package io.drawdown.billing.refund;

import io.drawdown.billing.refund.RefundDocument.Dispute;
import io.drawdown.billing.refund.RefundDocument.Paid;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The port to what Stripe knows of a payment. Fails with {@code Unavailable} or {@code AccountRefused}. */
public interface ChargeFacts {

    /**
     * A movement of money as Stripe shows it now.
     *
     * @param refundedCents all that was given back so far
     * @param disputes all that there are, open or closed
     */
    record Facts(Paid paid, long refundedCents, List<Dispute> disputes) {}

    /** Empty if Stripe does not know the charge, or if it is none of ours. */
    Uni<Optional<Facts>> charge(String stripeCharge);

    /** The charge that a refund is of; empty if Stripe does not know it. */
    Uni<Optional<String>> chargeOfRefund(String refund);

    /** The charge that a dispute is about; empty if Stripe does not know it. */
    Uni<Optional<String>> chargeOfDispute(String dispute);
}
