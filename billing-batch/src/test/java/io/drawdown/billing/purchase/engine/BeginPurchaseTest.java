package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.testing.Till;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What whoever begins a purchase is told. */
class BeginPurchaseTest {

    private static final String ID = PurchaseSpec.idOf(Till.ACCOUNT, "key-1");

    private final Till till = new Till();

    @BeforeEach
    void aCard() {
        till.attach("pm_1");
    }

    private Uni<Bought> buy(String requestHash) {
        PurchaseSpec spec = new PurchaseSpec(Till.ACCOUNT, Till.PACK, requestHash, true, false, till.time.now());
        return till.purchases.buy(ID, spec, Duration.ofSeconds(55));
    }

    private Throwable faultOf(Uni<Bought> asked) {
        List<Throwable> faults = new ArrayList<>();
        asked.subscribe().with(bought -> faults.add(new AssertionError("answered: " + bought)), faults::add);
        till.pass(Duration.ofSeconds(1));
        return faults.getFirst();
    }

    @Test
    void whatIsBegunIsNotSaidNotToHappen() {
        // Given
        till.store.awayOnceWritten = true;
        // When
        Throwable first = faultOf(buy("hash"));
        till.store.away = false;
        till.store.awayOnceWritten = true;
        Throwable again = faultOf(buy("hash"));
        till.store.away = false;
        till.purchases.start();
        till.pass(Duration.ofMinutes(2));
        // Then
        assertThat(List.of(first, again)).hasOnlyElementsOfType(OutcomeUnknown.class);
        assertThat(till.status(ID)).isEqualTo(PurchaseStatus.GRANTED);
    }

    @Test
    void whatIsNotBegunIsUnavailable() {
        // Given
        till.store.away = true;
        // When
        Throwable fault = faultOf(buy("hash"));
        // Then
        assertThat(fault).isInstanceOf(Unavailable.class);
        assertThat(till.store.documents).isEmpty();
    }

    @Test
    void purchaseIsCountedOnceHoweverOftenItIsShown() {
        // Given
        till.answer(buy("hash"));
        // When
        till.answer(buy("hash"));
        till.answer(till.purchases.cancel(till.purchase(ID), "cancelled", Duration.ofSeconds(55)));
        // Then
        assertThat(till.purchases.over()).isEqualTo(Map.of(PurchaseStatus.GRANTED, 1L));
    }

    @Test
    void ofTwoRequestsWithOneKeyAtTheSameTimeTheOtherOneIsRefused() {
        // Given
        List<Bought> answers = new ArrayList<>();
        // When
        for (String requestHash : List.of("hash-1", "hash-2")) {
            buy(requestHash).subscribe().with(answers::add);
        }
        till.pass(Duration.ofSeconds(1));
        // Then
        assertThat(answers).hasSize(2).hasAtLeastOneElementOfType(Bought.Begun.class);
        assertThat(answers).hasAtLeastOneElementOfType(Bought.Refused.class);
        assertThat(till.calls("confirm")).isOne();
    }
}
