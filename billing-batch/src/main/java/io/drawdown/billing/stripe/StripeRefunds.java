package io.drawdown.billing.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Dispute;
import com.stripe.model.StripeCollection;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments.AccountRefused;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Refunds at Stripe, by its own library, within the limits of {@link StripeCalls}. Stripe repeats the first answer under a key, so
 * whatever does not say that the money was given back is looked up.
 */
final class StripeRefunds implements Refunds {

    private static final String PURCHASE = "purchase";
    private static final String ALREADY_REFUNDED = "charge_already_refunded";
    private static final String DISPUTED = "charge_disputed";
    private static final String SUCCEEDED = "succeeded";
    private static final Set<String> NOT_GIVEN = Set.of("failed", "canceled");

    /** A charge has so few refunds and disputes that one page holds them. */
    private static final long MOST = 100;

    private final StripeCalls calls;

    StripeRefunds(StripeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Outcome> refund(Refund refund) {
        return calls.account()
                .chain(mine -> mine.equals(refund.account())
                        ? ask(refund)
                        : Uni.createFrom().item(new Outcome.Refused("the charge is of another account")))
                .onFailure()
                .recoverWithItem(StripeRefunds::of);
    }

    /** It names no amount: Stripe gives back what is left, perhaps after a person has given back a part. */
    private Uni<Outcome> ask(Refund refund) {
        RefundCreateParams params = RefundCreateParams.builder()
                .setPaymentIntent(refund.intent())
                .putMetadata(PURCHASE, refund.purchase())
                .build();
        return calls.<com.stripe.model.Refund>called(Endpoint.CREATE_REFUND, stripe -> stripe.refunds()
                        .create(params, StripeCalls.keyed(refund.key())))
                .chain(given -> asked(refund, given))
                .onFailure(fault -> hasCode(fault, ALREADY_REFUNDED))
                .recoverWithUni(fault -> look(refund))
                .onFailure(fault -> hasCode(fault, DISPUTED))
                .recoverWithUni(fault -> lookAtDisputes(refund));
    }

    private static boolean hasCode(Throwable fault, String code) {
        return fault instanceof InvalidRequestException refused && code.equals(refused.getCode());
    }

    private Uni<Outcome> asked(Refund refund, com.stripe.model.Refund given) {
        if (given == null || given.getId() == null) {
            return Uni.createFrom().item(new Outcome.Unknown("an answer that shows no refund"));
        }
        return SUCCEEDED.equals(given.getStatus())
                ? Uni.createFrom().item(new Outcome.Done(given.getId()))
                : look(refund);
    }

    private Uni<Outcome> look(Refund refund) {
        RefundListParams params = RefundListParams.builder()
                .setPaymentIntent(refund.intent())
                .setLimit(MOST)
                .build();
        return calls.read(Endpoint.RETRIEVE_REFUND, stripe -> stripe.refunds().list(params))
                .map(found -> found.map(StripeCollection::getData).orElse(List.of()))
                .map(all -> of(refund, all));
    }

    private static Outcome of(Refund refund, List<com.stripe.model.Refund> all) {
        List<com.stripe.model.Refund> given =
                all.stream().filter(each -> SUCCEEDED.equals(each.getStatus())).toList();
        long cents =
                given.stream().mapToLong(com.stripe.model.Refund::getAmount).sum();
        if (cents >= refund.amountCents()) {
            return new Outcome.Done(given.stream()
                    .filter(each -> isOf(refund, each))
                    .map(com.stripe.model.Refund::getId)
                    .findFirst()
                    .orElse(null));
        }
        return all.stream().anyMatch(each -> !given.contains(each) && !NOT_GIVEN.contains(each.getStatus()))
                ? new Outcome.Unknown("a refund is pending")
                : new Outcome.Refused("refunds of " + cents + " cents have succeeded");
    }

    private static boolean isOf(Refund refund, com.stripe.model.Refund given) {
        return refund.purchase()
                .equals(Objects.requireNonNullElse(given.getMetadata(), Map.<String, String>of())
                        .get(PURCHASE));
    }

    /** A charge that is disputed cannot be refunded; once the dispute is lost the bank has given the money back. */
    private Uni<Outcome> lookAtDisputes(Refund refund) {
        DisputeListParams params = DisputeListParams.builder()
                .setPaymentIntent(refund.intent())
                .setLimit(MOST)
                .build();
        return calls.read(Endpoint.RETRIEVE_DISPUTE, stripe -> stripe.disputes().list(params))
                .map(found -> found.map(StripeCollection::getData).orElse(List.of()))
                .map(all -> all.stream().map(Dispute::getStatus).anyMatch("lost"::equals)
                        ? new Outcome.Done(null)
                        : new Outcome.Refused("the charge is disputed"));
    }

    private static Outcome of(Throwable fault) {
        if (fault instanceof Unavailable away) {
            return new Outcome.Unknown(String.valueOf(away.getMessage()));
        }
        if (fault instanceof AccountRefused no) {
            return new Outcome.Refused(String.valueOf(no.getMessage()));
        }
        Answer answer = StripeCalls.answerOf(fault);
        return switch (answer) {
            case Answer.Missing _,
                    Answer.Invalid _,
                    Answer.KeyReused _,
                    Answer.NotAllowed _,
                    Answer.OtherAccount _,
                    Answer.CardDeclined _ -> new Outcome.Refused(answer.toString());
            case Answer.SavedFault _ -> new Outcome.KeySpent();
            case Answer.Shown _, Answer.WrongState _, Answer.Unknown _, Answer.KeyInUse _, Answer.Throttled _ ->
                new Outcome.Unknown(answer.toString());
        };
    }
}
