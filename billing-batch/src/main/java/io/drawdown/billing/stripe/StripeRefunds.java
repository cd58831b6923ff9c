package io.drawdown.billing.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.param.RefundCreateParams;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;

/** Refunds at Stripe, by its own library, within the limits of {@link StripeCalls}. */
final class StripeRefunds implements Refunds {

    private static final String ALREADY_REFUNDED = "charge_already_refunded";

    private final StripeCalls calls;

    StripeRefunds(StripeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Outcome> refund(Refund refund) {
        RefundCreateParams params = RefundCreateParams.builder()
                .setPaymentIntent(refund.intent())
                .setAmount(refund.amountCents())
                .putMetadata("purchase", refund.purchase())
                .build();
        return calls.account()
                .chain(mine -> mine.equals(refund.account())
                        ? calls.<com.stripe.model.Refund>called(Endpoint.CREATE_REFUND, stripe -> stripe.refunds()
                                        .create(params, StripeCalls.keyed(refund.key())))
                                .map(StripeRefunds::of)
                        : Uni.createFrom().item(new Outcome.Refused("the charge is of another account")))
                .onFailure()
                .recoverWithItem(StripeRefunds::of);
    }

    private static Outcome of(com.stripe.model.Refund refund) {
        if (refund == null || refund.getId() == null) {
            return new Outcome.Unknown("an answer that shows no refund");
        }
        return "failed".equals(refund.getStatus()) || "canceled".equals(refund.getStatus())
                ? new Outcome.Refused("refund " + refund.getId() + " is " + refund.getStatus())
                : new Outcome.Done(refund.getId());
    }

    private static Outcome of(Throwable fault) {
        if (fault instanceof InvalidRequestException refused && ALREADY_REFUNDED.equals(refused.getCode())) {
            return new Outcome.Done(null);
        }
        if (fault instanceof Unavailable away) {
            return new Outcome.Unknown(String.valueOf(away.getMessage()));
        }
        Answer answer = StripeCalls.answerOf(fault);
        return switch (answer) {
            case Answer.Missing _, Answer.Invalid _, Answer.KeyReused _, Answer.NotAllowed _, Answer.CardDeclined _ ->
                new Outcome.Refused(answer.toString());
            case Answer.SavedFault _ -> new Outcome.KeySpent();
            case Answer.Shown _, Answer.WrongState _, Answer.Unknown _, Answer.KeyInUse _, Answer.Throttled _ ->
                new Outcome.Unknown(answer.toString());
        };
    }
}
