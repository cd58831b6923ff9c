package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.store.MongoGuarded;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.TestMongo;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Payers in MongoDB. */
class MongoPayersTest {

    private static final Terms TERMS = new Terms("team-1", 799, Terms.USD, "item:1", true);
    private static final Card CARD = new Card("pm_1", "fp_1", "visa", "4242");

    private final ReactiveMongoClient client = TestMongo.client(TestServers.mongoUri());
    private final ManualTime time = new ManualTime();
    private final Database database = new Database(client, () -> !TestServers.isMongoEmbedded(), Runnable::run);
    private final PayerStore store = new MongoPayers(collection("payers", PayerDocument.class), database);
    private final GuardedStore<FingerprintDocument> fingerprints =
            new MongoGuarded<>(collection("fingerprints", FingerprintDocument.class), database);
    private final Payers payers = new Payers(new PayerStores(store, fingerprints), time, time, new Random(1));

    private <T> ReactiveMongoCollection<T> collection(String name, Class<T> type) {
        return client.getDatabase(TestServers.databaseName("payers"))
                .getCollection(name + "_" + UUID.randomUUID(), type);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void aPayerIsReadAsStored() {
        // Given
        await(payers.attach("team-1", "cus_1", CARD));
        await(payers.enter("chg-1", TERMS));
        // When
        await(payers.leave("team-1", "chg-1", new Leave.Declined("ch_1", CARD, Decline.UNEXPLAINED)));
        await(payers.enter("chg-2", TERMS));
        // Then
        PayerDocument stored = await(payers.find("team-1")).orElseThrow();
        assertThat(stored.customer()).isEqualTo("cus_1");
        assertThat(stored.card()).isEqualTo(CARD);
        assertThat(stored.rest()).isNotNull();
        assertThat(stored.declines()).containsExactly("ch_1");
        FingerprintDocument number = await(fingerprints.get("fp_1")).orElseThrow();
        assertThat(number.history().has("ch_1")).isTrue();
        assertThat(number.payers()).containsExactly("team-1");
        assertThat(stored.inFlight()).isNull();
    }

    @Test
    void aSecondChargeIsNotAdmitted() {
        // Given
        await(payers.attach("team-1", "cus_1", CARD));
        // When
        Entry first = await(payers.enter("chg-1", TERMS));
        Entry second = await(payers.enter("chg-2", TERMS));
        // Then
        assertThat(first).isEqualTo(new Entry.Admitted("cus_1", CARD));
        assertThat(second).isInstanceOf(Entry.NotNow.class);
    }

    @Test
    void aLostRaceIsDecidedAgain() {
        // Given
        await(payers.open("team-1", "cus_1"));
        Optional<PayerDocument> read = await(store.get("team-1"));
        await(payers.attach("team-1", "cus_1", CARD));
        // When
        boolean isReplaced =
                await(store.replace(read.orElseThrow(), read.orElseThrow().written("late")));
        // Then
        assertThat(isReplaced).isFalse();
        assertThat(await(payers.find("team-1")).orElseThrow().card()).isEqualTo(CARD);
    }

    @Test
    void nobodyBecomesAnotherCustomer() {
        // Given
        await(payers.attach("team-1", "cus_1", CARD));
        // When, then
        assertThatThrownBy(() -> await(payers.attach("team-1", "cus_2", CARD)))
                .isInstanceOf(Payers.OtherCustomer.class);
    }

    @Test
    void onlyTheCurrentCardIsDetached() {
        // Given
        await(payers.attach("team-1", "cus_1", CARD));
        // When
        await(payers.detach("team-1", "pm_other"));
        boolean hasCard = await(payers.find("team-1")).orElseThrow().hasUsableCard();
        await(payers.detach("team-1", CARD.paymentMethod()));
        // Then
        assertThat(List.of(hasCard, await(payers.find("team-1")).orElseThrow().hasUsableCard()))
                .containsExactly(true, false);
    }

    @Test
    void whoIsUnknownNeedsACard() {
        // When, then
        assertThat(await(payers.enter("chg-1", new Terms("nobody", 799, Terms.USD, "item:1", true))))
                .isEqualTo(new Entry.NeedsCard());
        assertThat(await(payers.leave("nobody", "chg-1", new Leave.Untried()))).isEmpty();
    }

    @Test
    void aCardThatWasSetUpIsReadAsStoredWithItsConsent() {
        // Given
        PayerDocument payer = await(payers.open("team-1", "cus_1"));
        Consent consent = new Consent("ada", time.now(), "2026-11", 5_000);
        await(payers.write(payer, (current, now) -> PayerRules.begun(current, new Wallet.Setup("t1", consent))));
        // When
        await(payers.finish(await(payers.find("team-1")).orElseThrow(), "t1", CARD));
        // Then
        PayerDocument stored = await(payers.find("team-1")).orElseThrow();
        assertThat(stored.card()).isEqualTo(CARD);
        assertThat(stored.wallet().cards()).containsExactly(new Wallet.Kept(CARD, consent, time.now()));
        assertThat(stored.wallet().setups()).isEmpty();
    }
}
