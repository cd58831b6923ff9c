package io.drawdown.billing.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.service.PaymentIntentService;
import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

import static io.drawdown.billing.stripe.StripeCalls.keyed;

/** Charges at Stripe. Belongs to the thread of its calls. */
public final class StripePayments implements Payments {

    /** The names under which Stripe keeps with an intent what it is for. */
    static final String PAYER = "payer";

    static final String REFERENCE = "reference";
    static final String CHARGE = "charge";

    private final StripeCalls calls;

    public StripePayments(StripeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Duration longestCall() {
        return calls.longestCall();
    }

    @Override
    public Uni<StripeAccount> account() {
        return calls.account();
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        Frozen frozen = creation.frozen();
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(frozen.amountCents())
                .setCurrency(frozen.currency())
                .setCustomer(frozen.customer())
                .addPaymentMethodType("card")
                .putMetadata(CHARGE, chargeId)
                .putMetadata(PAYER, terms.payerId())
                .putMetadata(REFERENCE, terms.reference())
                .build();
        return intent(Endpoint.CREATE_INTENT, frozen, intents -> intents.create(params, keyed(creation.key())));
    }

    @Override
    public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
        PaymentIntentConfirmParams.Builder params = PaymentIntentConfirmParams.builder()
                .setPaymentMethod(attempt.card().paymentMethod());
        PaymentIntentConfirmParams sent = (isOffSession ? params.setOffSession(true) : params).build();
        return intent(
                Endpoint.CONFIRM_INTENT,
                intent.frozen(),
                intents -> intents.confirm(intent.id(), sent, keyed(attempt.key())));
    }

    @Override
    public Uni<Answer> retrieve(String intentId, Frozen frozen) {
        return intent(Endpoint.RETRIEVE_INTENT, frozen, intents -> intents.retrieve(intentId));
    }

    @Override
    public Uni<Answer> cancel(Intent intent, String key) {
        PaymentIntentCancelParams params = PaymentIntentCancelParams.builder().build();
        return intent(
                Endpoint.CANCEL_INTENT, intent.frozen(), intents -> intents.cancel(intent.id(), params, keyed(key)));
    }

    /** One call about an intent. */
    private interface IntentCall {
        PaymentIntent on(PaymentIntentService intents) throws StripeException;
    }

    private Uni<Answer> intent(Endpoint endpoint, Frozen frozen, IntentCall call) {
        return account()
                .chain(mine -> mine.equals(frozen.account())
                        ? calls.<PaymentIntent>called(endpoint, stripe -> call.on(stripe.paymentIntents()))
                                .map(StripeAnswers::of)
                        : Uni.createFrom().item(new Answer.OtherAccount()))
                .onFailure()
                .recoverWithItem(StripePayments::answerOf);
    }

    private static Answer answerOf(Throwable fault) {
        return switch (fault) {
            case Unavailable away -> new Answer.Throttled(String.valueOf(away.getMessage()));
            case AccountRefused no -> new Answer.NotAllowed(String.valueOf(no.getMessage()));
            default -> StripeCalls.answerOf(fault);
        };
    }
}
