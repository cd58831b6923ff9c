package io.drawdown.billing.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.model.Account;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.service.PaymentIntentService;
import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Stripe, by its own library. Each call is one HTTP request at most, made on a virtual thread of its own, under limits of rate and
 * time; it is never repeated here, for only the charge knows whether it may be.
 *
 * <p>Belongs to the thread of its scheduler.
 */
public final class StripePayments implements Payments {

    static {
        Stripe.enableTelemetry = false; // a request would tell of the one before
    }

    private final StripeClient client;
    private final Duration longestCall;
    private final boolean livemode;
    private final CallLimiter limiter;
    private final Timeout timeout;
    private final Scheduler core;
    private @Nullable StripeAccount account;

    /** @throws IllegalStateException this process would send a POST twice */
    public StripePayments(StripeSettings settings, Time time, Scheduler core) {
        JdkConnections.require(settings.connections());
        this.client = StripeClient.builder()
                .setApiKey(settings.secretKey())
                .setApiBase(settings.apiBase().toString())
                .setMaxNetworkRetries(0)
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(settings.readTimeout().toMillis()))
                .build();
        this.longestCall = settings.longestCall();
        this.livemode = settings.livemode();
        this.limiter = new CallLimiter(settings.rates(), time, core);
        this.timeout = new Timeout(core, settings.longestAnswer());
        this.core = core;
    }

    @Override
    public Duration longestCall() {
        return longestCall;
    }

    @Override
    public Uni<StripeAccount> account() {
        return Uni.createFrom()
                .deferred(() -> account != null
                        ? Uni.createFrom().item(account)
                        : this.<Account>called(
                                        Endpoint.ACCOUNT,
                                        () -> client.v1().accounts().retrieveCurrent())
                                .map(found -> new StripeAccount(found.getId(), livemode))
                                .invoke(found -> account = found)
                                .onFailure(StripePayments::isOfStripe)
                                .transform(fault -> ofAccount(StripeAnswers.of(asException(fault)))));
    }

    private static RuntimeException ofAccount(Answer answer) {
        return answer instanceof Answer.NotAllowed no
                ? new AccountRefused(no.why())
                : new Unavailable("the account is not known: " + answer);
    }

    @Override
    public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
        Frozen frozen = creation.frozen();
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(frozen.amountCents())
                .setCurrency(frozen.currency())
                .setCustomer(frozen.customer())
                .addPaymentMethodType("card")
                .putMetadata("charge", chargeId)
                .putMetadata("payer", terms.payerId())
                .putMetadata("reference", terms.reference())
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

    /**
     * A card of that customer, as Stripe knows it; empty if the payment method is unknown, no card, or somebody else's. Fails with
     * {@code Unavailable} if Stripe does not answer.
     */
    public Uni<Optional<Card>> card(String paymentMethod, String customer) {
        return this.<PaymentMethod>called(
                        Endpoint.RETRIEVE_CARD,
                        () -> client.v1().paymentMethods().retrieve(paymentMethod))
                .map(found -> customer.equals(found.getCustomer()) ? cardOf(found) : Optional.<Card>empty())
                .onFailure(fault -> StripeAnswers.of(asException(fault)) instanceof Answer.Missing)
                .recoverWithItem(Optional.empty())
                .onFailure(StripePayments::isOfStripe)
                .transform(fault -> new Unavailable("the card is not known: " + StripeAnswers.of(asException(fault))));
    }

    private static Optional<Card> cardOf(PaymentMethod method) {
        return Optional.ofNullable(method.getCard())
                .map(card -> new Card(
                        method.getId(),
                        Optional.ofNullable(card.getFingerprint()).orElse(method.getId()),
                        Optional.ofNullable(card.getBrand()).orElse("unknown"),
                        Optional.ofNullable(card.getLast4()).orElse("")));
    }

    static RequestOptions keyed(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** One call about an intent. */
    private interface IntentCall {
        PaymentIntent on(PaymentIntentService intents) throws Exception;
    }

    private Uni<Answer> intent(Endpoint endpoint, Frozen frozen, IntentCall call) {
        return account()
                .chain(mine -> mine.equals(frozen.account())
                        ? this.<PaymentIntent>called(
                                        endpoint, () -> call.on(client.v1().paymentIntents()))
                                .map(StripeAnswers::of)
                        : Uni.createFrom().item(new Answer.NotAllowed("the intent is of another account")))
                .onFailure()
                .recoverWithItem(StripePayments::answerOf);
    }

    private static Answer answerOf(Throwable fault) {
        return switch (fault) {
            case Unavailable away -> new Answer.Throttled(String.valueOf(away.getMessage()));
            case AccountRefused no -> new Answer.NotAllowed(String.valueOf(no.getMessage()));
            default -> StripeAnswers.of(asException(fault));
        };
    }

    StripeClient client() {
        return client;
    }

    /** Fails with what the library throws. */
    <T> Uni<T> called(Endpoint endpoint, Callable<T> call) {
        return limiter.enter(endpoint)
                .chain(isAdmitted -> isAdmitted
                        ? timeout.limit(onThread(endpoint, call))
                        : Uni.createFrom().failure(new Unavailable("too many calls of " + endpoint)));
    }

    private <T> Uni<T> onThread(Endpoint endpoint, Callable<T> call) {
        return Uni.createFrom()
                .emitter(
                        emitter -> Thread.ofVirtual().name("stripe-" + endpoint).start(() -> {
                            try {
                                T answer = call.call();
                                core.execute(() -> emitter.complete(answer));
                            } catch (Exception fault) {
                                core.execute(() -> emitter.fail(fault));
                            }
                        }));
    }

    private static boolean isOfStripe(Throwable fault) {
        return !(fault instanceof Unavailable);
    }

    private static Exception asException(Throwable fault) {
        return fault instanceof Exception e ? e : new IllegalStateException(fault);
    }
}
