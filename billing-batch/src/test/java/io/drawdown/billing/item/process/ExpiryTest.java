package io.drawdown.billing.item.process;

import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.MongoItems;
import io.drawdown.billing.notice.Notice;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.PlainContext;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.runtime.CoreLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What has waited for thirty days is cancelled, and its team hears of it by mail. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class ExpiryTest {

    @Inject
    Instance<Items> items;

    @Inject
    MongoItems store;

    @Inject
    CoreLoop loop;

    @Inject
    QueueExpiry expiry;

    private final List<Notice> sent = new ArrayList<>();
    private boolean isMailAway;
    private ItemDocument item;

    private <T> T call(Supplier<Uni<T>> question) {
        return loop.call(question).await().atMost(Duration.ofSeconds(10));
    }

    @BeforeEach
    void anItemOfATeamWithAnAddress() {
        store.deleteAll().await().atMost(Duration.ofSeconds(10));
        call(() -> items.get().teams().tell("acme", new TeamDocument.Profile("Acme", "ada@acme.example", null)));
        item = queue();
    }

    private ItemDocument queue() {
        return call(() -> items.get().queue(new ItemSpec("acme", "page-1", "News", "ada", 799)))
                .item();
    }

    private ItemDocument stored() {
        return call(() -> items.get().find(item.id())).orElseThrow();
    }

    private PlainContext after(Duration time, boolean isDry) {
        return new PlainContext(item.life().queuedAt().plus(time), isDry);
    }

    private PlainContext tell() {
        ExpiryNotices notices = new ExpiryNotices(
                items,
                notice -> {
                    if (isMailAway) {
                        throw new Unavailable("the mail server is away");
                    }
                    sent.add(notice);
                },
                loop);
        PlainContext context = after(Duration.ofDays(1), false); // by the clock it has expired just now
        assertThat(notices.run(context)).isEqualTo(BatchResult.completed());
        return context;
    }

    @Test
    void itemExpiresAfterThirtyDaysAndNotBefore() {
        // When
        expiry.run(after(Duration.ofDays(29), false));
        PlainContext dry = after(Duration.ofDays(31), true);
        expiry.run(dry);
        ItemStatus before = stored().status();
        PlainContext real = after(Duration.ofDays(31), false);
        expiry.run(real);
        // Then
        assertThat(before).isEqualTo(ItemStatus.QUEUED);
        assertThat(stored().status()).isEqualTo(ItemStatus.CANCELLED);
        assertThat(real.counts()).isEqualTo(dry.counts()).containsEntry("processed_count", 1L);
    }

    @Test
    void teamIsToldOnceAlsoIfTheMailServerWasAway() {
        // Given
        expiry.run(after(Duration.ofDays(31), false));
        // When
        isMailAway = true;
        PlainContext failed = tell();
        isMailAway = false;
        PlainContext told = tell();
        tell();
        // Then
        assertThat(failed.counts()).containsEntry("failed_count", 1L);
        assertThat(told.counts()).containsEntry("processed_count", 1L);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().to()).isEqualTo("ada@acme.example");
        assertThat(sent.getFirst().text()).contains("News").contains("page-1");
    }

    @Test
    void teamIsToldOfAnExpiryAlsoIfTheItemIsQueuedAgainMeanwhile() {
        // Given
        expiry.run(after(Duration.ofDays(31), false));
        queue();
        // When
        tell();
        // Then
        assertThat(sent).hasSize(1);
        assertThat(stored().status()).isEqualTo(ItemStatus.QUEUED);
        assertThat(stored().agenda().notice()).isNull();
    }

    @Test
    void whoHasGivenNoAddressIsNotTold() {
        // Given
        call(() -> items.get().teams().tell("acme", new TeamDocument.Profile("Acme", null, null)));
        expiry.run(after(Duration.ofDays(31), false));
        // When
        PlainContext context = tell();
        // Then
        assertThat(context.counts()).containsEntry("skipped_count", 1L);
        assertThat(sent).isEmpty();
        assertThat(stored().agenda().notice()).isNull();
    }
}
