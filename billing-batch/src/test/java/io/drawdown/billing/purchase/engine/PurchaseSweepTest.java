package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.testing.Till;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The sweep gets to every purchase, and asks little about one that only waits. */
class PurchaseSweepTest {

    private static final int MANY = 300;

    private final Till till = new Till();

    @BeforeEach
    void aCard() {
        till.attach("pm_1");
    }

    private String waiting() {
        till.confirmed = Till.shown(Status.REQUIRES_ACTION);
        till.retrieved = Till.shown(Status.REQUIRES_ACTION);
        String id = till.buy("key-0", true);
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.WAITING_FOR_CUSTOMER);
        return id;
    }

    private void copy(PurchaseDocument waiting, int n) {
        String id = String.format("pur_%032x", n);
        till.store.documents.put(
                id,
                new PurchaseDocument(
                        id,
                        waiting.revision(),
                        waiting.spec(),
                        waiting.charge(),
                        waiting.state(),
                        waiting.agenda(),
                        waiting.outbox()));
    }

    @Test
    void customersWhoTakeTheirTimeKeepNoPaidPurchaseFromItsCredits() {
        // Given
        PurchaseDocument waiting = till.purchase(waiting());
        for (int n = 0; n < MANY; n++) {
            copy(waiting, n);
        }
        till.pass(Duration.ofMinutes(1));
        till.confirmed = Till.shown(Status.SUCCEEDED);
        till.isCreditsAway = true;
        String paid = till.buy("key-1", true);
        assertThat(till.status(paid)).isEqualTo(PurchaseStatus.PAID);
        // When
        till.isCreditsAway = false;
        till.purchases.start();
        till.pass(Duration.ofMinutes(1));
        // Then
        assertThat(till.status(paid)).isEqualTo(PurchaseStatus.GRANTED);
    }

    @Test
    void waitingForACustomerCostsFewCallsAndEnds() {
        // Given
        String id = waiting();
        till.purchases.start();
        till.calls.clear();
        till.store.writes = 0;
        // When
        till.pass(Duration.ofMinutes(59));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.WAITING_FOR_CUSTOMER);
        assertThat(till.calls("retrieve")).isBetween(10L, 30L);
        assertThat(till.store.writes).isLessThan(30);
        // When
        till.pass(Duration.ofMinutes(7));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.FAILED);
        assertThat(till.purchase(id).reason()).isEqualTo("customer_away");
    }

    @Test
    void whatAnotherInstanceLeftAtPaidIsGrantedAtOnce() {
        // Given
        till.isCreditsAway = true;
        String id = till.buy("key-1", true);
        till.isCreditsAway = false;
        // When
        till.purchases.start();
        till.pass(Duration.ofSeconds(5));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.GRANTED);
    }
}
