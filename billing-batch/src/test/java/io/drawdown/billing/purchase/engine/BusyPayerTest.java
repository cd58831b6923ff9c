package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.testing.Till;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever buys credits has a long queue of items, too. */
class BusyPayerTest {

    private static final Terms ITEM = new Terms(Till.ACCOUNT, 799, Terms.USD, "item:ada/page-1", true);

    private final Till till = new Till();
    private int item = 1;

    /** The item that is under way is done, and the next one is tried at once. */
    private void nextItem() {
        Entry next = till.answer(till.payers
                .leave(Till.ACCOUNT, "itm-" + item, new Leave.Untried())
                .chain(() -> till.payers.enter("itm-" + (item + 1), ITEM)));
        item += next instanceof Entry.Admitted ? 1 : 0;
    }

    @Test
    void purchaseGoesBeforeTheItemsOfALongQueue() {
        // Given
        till.attach("pm_1");
        till.purchases.start();
        till.answer(till.payers.enter("itm-1", ITEM));
        // When
        String id = till.buy("key-1", true);
        for (int second = 0; second < 60; second++) {
            nextItem();
            till.pass(Duration.ofSeconds(1));
        }
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.GRANTED);
        assertThat(item).isGreaterThan(10);
    }
}
