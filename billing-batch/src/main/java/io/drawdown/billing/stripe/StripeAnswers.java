package io.drawdown.billing.stripe;

import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.engine.Answer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Stripe's library gives back or throws, as an {@link Answer}. Messages are left out: they may quote what was sent. */
final class StripeAnswers {

    private static final String CARD = "payment_method";
    private static final String CARD_DECLINED = "card_declined";

    private StripeAnswers() {}

    /** What a call has given back: null if its answer was empty. */
    static Answer of(@Nullable PaymentIntent intent) {
        return viewOf(intent)
                .<Answer>map(Answer.Shown::new)
                .orElseGet(() -> new Answer.Unknown("an answer that shows no intent"));
    }

    /** What a call has thrown. All that does not say what happened is unknown, e.g. a page of a proxy or a closed connection. */
    static Answer of(Exception fault) {
        return switch (fault) {
            case CardException declined -> declined(declined);
            case IdempotencyException e when isKeyInUse(e) -> new Answer.KeyInUse();
            case IdempotencyException e -> new Answer.KeyReused();
            case InvalidRequestException refused -> refused(refused);
            case AuthenticationException e -> new Answer.NotAllowed(brief(e)); // 401, and 403 too
            case RateLimitException e -> new Answer.Throttled(brief(e));
            case ApiException e
            when e.getStatusCode() == 409 -> isKeyInUse(e) ? new Answer.KeyInUse() : new Answer.Throttled(brief(e));
            case ApiException e when isReplayed(e) -> new Answer.SavedFault();
            case StripeException e -> new Answer.Unknown(brief(e));
            default -> new Answer.Unknown(fault.getClass().getSimpleName());
        };
    }

    private static Answer declined(CardException e) {
        StripeError error = e.getStripeError();
        IntentView view =
                error == null ? null : viewOf(error.getPaymentIntent()).orElse(null);
        return new Answer.CardDeclined(error == null ? Decline.UNEXPLAINED : declineOf(error), view);
    }

    /** A card that was detached is refused like one that Stripe does not know. */
    private static Answer refused(InvalidRequestException e) {
        if ("payment_intent_unexpected_state".equals(e.getCode())) {
            return new Answer.WrongState();
        }
        boolean isMissing = "resource_missing".equals(e.getCode()) || e.getStatusCode() == 404;
        return isMissing || CARD.equals(e.getParam())
                ? new Answer.Missing(Optional.ofNullable(e.getParam()))
                : new Answer.Invalid(brief(e));
    }

    private static boolean isKeyInUse(StripeException e) {
        return "idempotency_key_in_use".equals(e.getCode());
    }

    private static boolean isReplayed(StripeException e) {
        StripeError error = e.getStripeError();
        return e.getStatusCode() >= 500
                && error != null
                && error.getLastResponse() != null
                && error.getLastResponse()
                        .headers()
                        .firstValue("Idempotent-Replayed")
                        .filter("true"::equals)
                        .isPresent();
    }

    private static Optional<IntentView> viewOf(@Nullable PaymentIntent intent) {
        if (intent == null || intent.getId() == null || intent.getAmount() == null) {
            return Optional.empty();
        }
        StripeError error = intent.getLastPaymentError();
        return statusOf(String.valueOf(intent.getStatus()))
                .map(status -> new IntentView(
                        intent.getId(),
                        status,
                        intent.getAmount(),
                        intent.getCurrency(),
                        intent.getLatestCharge(),
                        error == null ? null : declineOf(error),
                        error == null ? null : cardOf(error),
                        status == Status.SUCCEEDED ? intent.getPaymentMethod() : null));
    }

    private static @Nullable Card cardOf(StripeError error) {
        return Optional.ofNullable(error.getPaymentMethod())
                .flatMap(StripeCards::cardOf)
                .orElse(null);
    }

    private static Optional<Status> statusOf(String word) {
        return Arrays.stream(Status.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static Decline declineOf(StripeError error) {
        String code = error.getCode() == null ? CARD_DECLINED : error.getCode();
        return new Decline(code, error.getDeclineCode(), error.getAdviceCode());
    }

    private static String brief(StripeException e) {
        return "status " + e.getStatusCode() + " code " + e.getCode() + " request " + e.getRequestId();
    }
}
