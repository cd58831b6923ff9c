package io.drawdown.billing.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentMethodDetachParams;
import com.stripe.param.SetupIntentCreateParams;
import com.stripe.param.SetupIntentListParams;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.payer.CardVault;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

import static io.drawdown.billing.stripe.StripeCalls.keyed;
import static io.drawdown.billing.stripe.StripePayments.PAYER;

/** Customers and their cards at Stripe. Belongs to the thread of its calls. */
public final class StripeCards implements CardVault {

    private static final String SETUP = "setup";
    private static final String SUCCEEDED = "succeeded";

    private final StripeCalls calls;

    public StripeCards(StripeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Opened> createCustomer(String payerId, String key) {
        CustomerCreateParams params =
                CustomerCreateParams.builder().putMetadata(PAYER, payerId).build();
        return calls.called(
                        Endpoint.CREATE_CUSTOMER, stripe -> stripe.customers().create(params, keyed(key)))
                .map(customer -> (Opened) new Opened.Created(customer.getId()))
                .onFailure(StripeCards::isSpent)
                .recoverWithItem(new Opened.KeySpent())
                .onFailure()
                .transform(fault -> StripeCalls.ofChange(Endpoint.CREATE_CUSTOMER, fault));
    }

    private static boolean isSpent(Throwable fault) {
        return StripeCalls.isOfStripe(fault)
                && switch (StripeCalls.answerOf(fault)) {
                    case Answer.SavedFault _, Answer.KeyReused _ -> true;
                    default -> false;
                };
    }

    @Override
    public Uni<Begun> beginSetup(String customer, String payerId, String token) {
        SetupIntentCreateParams params = SetupIntentCreateParams.builder()
                .setCustomer(customer)
                .addPaymentMethodType("card")
                .setUsage(SetupIntentCreateParams.Usage.OFF_SESSION)
                .putMetadata(PAYER, payerId)
                .putMetadata(SETUP, token)
                .build();
        return calls.called(
                        Endpoint.CREATE_SETUP, stripe -> stripe.setupIntents().create(params, keyed("setup-" + token)))
                .map(intent -> new Begun(intent.getId(), intent.getClientSecret()))
                .onFailure(StripeCards::isOfNoCustomer)
                .transform(fault -> new CustomerGone(customer))
                .onFailure(fault -> !(fault instanceof CustomerGone))
                .transform(fault -> StripeCalls.ofChange(Endpoint.CREATE_SETUP, fault));
    }

    private static boolean isOfNoCustomer(Throwable fault) {
        return StripeCalls.isOfStripe(fault)
                && StripeCalls.answerOf(fault) instanceof Answer.Missing(Optional<String> what)
                && what.filter("customer"::equals).isPresent();
    }

    @Override
    public Uni<Optional<SetupView>> setup(String setupIntent) {
        return calls.read(
                        Endpoint.RETRIEVE_SETUP, stripe -> stripe.setupIntents().retrieve(setupIntent))
                .chain(this::view);
    }

    @Override
    public Uni<Optional<SetupView>> setupOf(String paymentMethod) {
        SetupIntentListParams params = SetupIntentListParams.builder()
                .setPaymentMethod(paymentMethod)
                .setLimit(100L)
                .build();
        return calls.read(
                        Endpoint.RETRIEVE_SETUP, stripe -> stripe.setupIntents().list(params))
                .map(found -> found.stream()
                        .flatMap(page -> page.getData().stream())
                        .filter(intent -> SUCCEEDED.equals(intent.getStatus()))
                        .filter(intent -> isOurs(intent.getMetadata()))
                        .findFirst())
                .chain(this::view);
    }

    /** With its card, if it is finished and the card is its customer's. */
    private Uni<Optional<SetupView>> view(Optional<SetupIntent> found) {
        if (found.isEmpty()
                || found.get().getCustomer() == null
                || !isOurs(found.get().getMetadata())) {
            return Uni.createFrom().item(Optional.empty());
        }
        SetupIntent intent = found.get();
        boolean isFinished = SUCCEEDED.equals(intent.getStatus()) && intent.getPaymentMethod() != null;
        return isFinished
                ? method(intent.getPaymentMethod()).map(method -> method.filter(
                                each -> intent.getCustomer().equals(each.getCustomer()))
                        .flatMap(StripeCards::cardOf)
                        .map(card -> viewOf(intent, card)))
                : Uni.createFrom().item(Optional.of(viewOf(intent, null)));
    }

    private static boolean isOurs(@Nullable Map<String, String> metadata) {
        return metadata != null && metadata.containsKey(PAYER) && metadata.containsKey(SETUP);
    }

    private static SetupView viewOf(SetupIntent intent, @Nullable Card card) {
        Map<String, String> metadata = intent.getMetadata();
        return new SetupView(
                intent.getId(),
                intent.getCustomer(),
                String.valueOf(metadata.get(PAYER)),
                String.valueOf(metadata.get(SETUP)),
                card);
    }

    private Uni<Optional<PaymentMethod>> method(String id) {
        return calls.read(
                Endpoint.RETRIEVE_CARD, stripe -> stripe.paymentMethods().retrieve(id));
    }

    /** A card of that customer; empty if the payment method is unknown, no card, or somebody else's. */
    public Uni<Optional<Card>> card(String paymentMethod, String customer) {
        return method(paymentMethod).map(found -> found.filter(method -> customer.equals(method.getCustomer()))
                .flatMap(StripeCards::cardOf));
    }

    @Override
    public Uni<Optional<Card>> detachedCard(String paymentMethod) {
        return method(paymentMethod).map(found -> found.filter(method -> method.getCustomer() == null)
                .flatMap(StripeCards::cardOf));
    }

    static Optional<Card> cardOf(PaymentMethod method) {
        return Optional.ofNullable(method.getCard())
                .map(card -> new Card(
                        method.getId(),
                        Optional.ofNullable(card.getFingerprint()).orElse(method.getId()),
                        Optional.ofNullable(card.getBrand()).orElse("unknown"),
                        Optional.ofNullable(card.getLast4()).orElse("")));
    }

    @Override
    public Uni<Boolean> detach(String paymentMethod, String customer) {
        return method(paymentMethod)
                .map(found -> found.filter(method -> customer.equals(method.getCustomer())))
                .chain(theirs ->
                        theirs.isEmpty() ? Uni.createFrom().item(false) : detachTheirs(paymentMethod, customer));
    }

    /**
     * Each try has a key of its own, for Stripe repeats a fault under the same one for a day. Once it is detached it is nobody's for
     * ever, so a second try does nothing more: it is refused.
     */
    private Uni<Boolean> detachTheirs(String paymentMethod, String customer) {
        PaymentMethodDetachParams params = PaymentMethodDetachParams.builder().build();
        return calls.called(Endpoint.DETACH_CARD, stripe -> stripe.paymentMethods()
                        .detach(paymentMethod, params, keyed("detach-" + UUID.randomUUID())))
                .replaceWith(true)
                .onFailure()
                .transform(fault -> StripeCalls.ofChange(Endpoint.DETACH_CARD, fault))
                .onFailure(IllegalStateException.class)
                .recoverWithUni(refused -> isDetached(paymentMethod, customer, refused));
    }

    private Uni<Boolean> isDetached(String paymentMethod, String customer, Throwable refused) {
        return method(paymentMethod)
                .map(found -> found.filter(method -> customer.equals(method.getCustomer())))
                .chain(theirs -> theirs.isEmpty()
                        ? Uni.createFrom().item(true)
                        : Uni.createFrom().failure(refused));
    }

    @Override
    public Uni<Optional<Payable>> payable(String paymentIntent) {
        return calls.read(Endpoint.RETRIEVE_INTENT, stripe -> stripe.paymentIntents()
                        .retrieve(paymentIntent))
                .map(found -> found.filter(intent -> intent.getMetadata() != null
                                && intent.getMetadata().containsKey(PAYER)
                                && intent.getCustomer() != null)
                        .map(StripeCards::payableOf));
    }

    private static Payable payableOf(PaymentIntent intent) {
        return new Payable(
                intent.getId(),
                intent.getStatus(),
                intent.getAmount(),
                intent.getCurrency(),
                intent.getCustomer(),
                String.valueOf(intent.getMetadata().get(PAYER)),
                intent.getClientSecret());
    }
}
