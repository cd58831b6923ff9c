package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to what Stripe keeps of payers: customers, cards and how they are set up. A call answers within a bounded time, on the
 * core's thread. Fails with {@code Unavailable} (nothing happened), {@code OutcomeUnknown} (it may have; send it again with the same
 * key) or {@code AccountRefused} (Stripe does not take our key).
 */
public interface CardVault {

    /** What became of the request for a customer. */
    sealed interface Opened {

        record Created(String customer) implements Opened {}

        /** Stripe answers the same fault for as long as it knows the key: ask with another one. */
        record KeySpent() implements Opened {}
    }

    Uni<Opened> createCustomer(String payerId, String key);

    /**
     * A SetupIntent that waits for its card.
     *
     * @param clientSecret lets whoever has it finish this setup
     */
    record Begun(String id, String clientSecret) {

        /** A log must not show the secret. */
        @Override
        public String toString() {
            return "Begun[id=" + id + "]";
        }
    }

    /** Stripe does not know the customer. */
    final class CustomerGone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public CustomerGone(String customer) {
            super("Stripe does not know " + customer);
        }
    }

    /**
     * Asks for a SetupIntent, so that the card may be charged while its owner is away. A repeated token gives the same one. Fails with
     * {@link CustomerGone} too; then it was not done.
     */
    Uni<Begun> beginSetup(String customer, String payerId, String token);

    /**
     * A SetupIntent of ours.
     *
     * @param card absent while it is not finished
     */
    record SetupView(
            String id,
            String customer,
            String payerId,
            String token,
            @Nullable Card card) {}

    /** Empty if Stripe does not know it, or if it is none of ours. */
    Uni<Optional<SetupView>> setup(String setupIntent);

    /** The finished SetupIntent that this card came from; empty if there is none of ours. */
    Uni<Optional<SetupView>> setupOf(String paymentMethod);

    /** A card that belongs to no customer; empty if it belongs to one, or if Stripe does not know it. */
    Uni<Optional<Card>> detachedCard(String paymentMethod);

    /** Answers whether it is no longer the customer's; false if it never was. */
    Uni<Boolean> detach(String paymentMethod, String customer);

    /**
     * A PaymentIntent that its payer may have to confirm.
     *
     * @param status in Stripe's words
     * @param clientSecret lets whoever has it pay
     */
    record Payable(
            String id,
            String status,
            long amountCents,
            String currency,
            String customer,
            String payerId,
            String clientSecret) {

        /** A log must not show the secret. */
        @Override
        public String toString() {
            return "Payable[id=" + id + ", status=" + status + "]";
        }
    }

    /** Empty if Stripe does not know it, or if it is none of ours. */
    Uni<Optional<Payable>> payable(String paymentIntent);
}
