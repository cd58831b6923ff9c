package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.payer.CardVault.CustomerGone;
import io.drawdown.billing.testing.MemoryGuarded;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose customer Stripe does not know any more begins anew. */
class CustomersTest {

    private static final String ADA = "ada";
    private static final Card CARD = new Card("pm_1", "fp_1", "visa", "4242");

    private final ManualTime time = new ManualTime();
    private final Stored stored = new Stored();
    private final MemoryGuarded<FingerprintDocument> fingerprints = new MemoryGuarded<>(time);
    private final Vault vault = new Vault();
    private final Payers payers = new Payers(new PayerStores(stored, fingerprints), time, time, new Random(1));
    private final Customers customers = new Customers(payers, vault, new Random(2), time);
    private final Cards cards = new Cards(payers, fingerprints, vault, new Random(3), time);

    private final class Stored extends MemoryGuarded<PayerDocument> implements PayerStore {
        Stored() {
            super(time);
        }
    }

    /** Makes a customer for each key, and knows the latest. */
    private final class Vault implements CardVault {

        private final List<String> keys = new ArrayList<>();

        private String latest() {
            return "cus_" + keys.size();
        }

        @Override
        public Uni<Opened> createCustomer(String payerId, String key) {
            return time.answer(() -> {
                if (!keys.contains(key)) {
                    keys.add(key);
                }
                return new Opened.Created(latest());
            });
        }

        @Override
        public Uni<Begun> beginSetup(String customer, String payerId, String token) {
            return customer.equals(latest())
                    ? time.answer(() -> new Begun("seti_1", "seti_1_secret_1"))
                    : Uni.createFrom().failure(new CustomerGone(customer));
        }

        @Override
        public Uni<Optional<SetupView>> setup(String setupIntent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<SetupView>> setupOf(String paymentMethod) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Card>> detachedCard(String paymentMethod) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Boolean> detach(String paymentMethod, String customer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Payable>> payable(String paymentIntent) {
            throw new UnsupportedOperationException();
        }
    }

    private List<Object> answer(Uni<?> asked) {
        List<Object> answers = new ArrayList<>();
        asked.subscribe().with(answers::add, answers::add);
        time.advance(Duration.ofSeconds(1));
        return answers;
    }

    private PayerDocument ada() {
        return Objects.requireNonNull(stored.documents.get(ADA));
    }

    @Test
    void whoseCustomerIsGoneIsOpenedAnewWithoutCards() {
        // Given
        answer(customers.open(ADA, "ada@example.com"));
        answer(payers.attach(ADA, "cus_1", CARD));
        // When
        answer(payers.leave(ADA, "chg-1", new Leave.CustomerGone("cus_1")));
        PayerDocument gone = ada();
        answer(customers.open(ADA, "ada@example.com"));
        answer(payers.leave(ADA, "chg-2", new Leave.CustomerGone("cus_1")));
        // Then
        assertThat(gone.customer()).isNull();
        assertThat(gone.card()).isNull();
        assertThat(ada().customer()).isEqualTo("cus_2");
        assertThat(vault.keys).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void setupForACustomerWhoIsGoneLeavesNoConsentBehind() {
        // Given
        answer(customers.open(ADA, null));
        PayerDocument before = ada();
        vault.keys.add("another one");
        // When
        List<Object> answers = answer(cards.begin(before, new Cards.Agreement(ADA, "v1", 799)));
        // Then
        assertThat(answers).hasOnlyElementsOfType(CustomerGone.class);
        assertThat(ada().wallet()).isEqualTo(Wallet.EMPTY);
        assertThat(ada().customer()).isNull();
    }
}
