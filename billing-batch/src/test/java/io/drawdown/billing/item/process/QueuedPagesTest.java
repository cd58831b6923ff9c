package io.drawdown.billing.item.process;

import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.engine.ItemSettings;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.item.store.MongoItems;
import io.drawdown.billing.item.store.MongoTeams;
import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.stripe.NoPayments;
import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.PlainContext;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.Time;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** In which order the pages of the queue are worked on, and how many at a time. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class QueuedPagesTest {

    private static final int MORE_THAN_TWO_PAGES = 2 * QueuedPages.PAGE + 1;

    @Inject
    Instance<Items> running;

    @Inject
    MongoItems store;

    @Inject
    MongoTeams teams;

    @Inject
    CoreLoop loop;

    @Inject
    Time time;

    private final HeldBack publisher = new HeldBack();
    private Items items;

    /** Posts for a channel only once it is let go; for others at once. */
    private static final class HeldBack implements Publisher {

        private final CompletableFuture<Posting> big = new CompletableFuture<>();

        @Override
        public Uni<Posting> post(Target target, Post post) {
            return "C1".equals(target.channel())
                    ? Uni.createFrom().completionStage(big)
                    : Uni.createFrom().item(new Posting.Posted(null));
        }

        @Override
        public Uni<Look> look(Look.Question question) {
            throw new IllegalStateException("nothing is unknown here");
        }
    }

    private <T> T call(Supplier<Uni<T>> question) {
        return loop.call(question).await().atMost(Duration.ofSeconds(10));
    }

    @BeforeEach
    void twoTeams() {
        store.deleteAll().await().atMost(Duration.ofSeconds(10));
        Random random = new Random(1);
        Charging charging =
                new Charging(new NoPayments(), running.get().payers(), (alarm, id, detail) -> {}, time, random);
        Items.Ports ports = new Items.Ports(
                new ItemStores(store, teams),
                charging,
                running.get().payers(),
                publisher,
                (topic, event) -> Uni.createFrom().voidItem());
        items = new Items(ports, ItemSettings.DEFAULT, time, loop, random);
        call(() -> items.teams().tell("big", new TeamDocument.Profile("Big", null, Target.ofChannel("C1"))));
        call(() -> items.teams().tell("small", new TeamDocument.Profile("Small", null, Target.ofChannel("C2"))));
    }

    /** So many free items of the team, whose turns are one minute apart. */
    private void queue(String team, int count, Instant first) {
        List<ItemDocument> queued = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            ItemSpec spec = new ItemSpec(team, "page-" + n, "News", "ada", 0);
            ItemDocument item = ItemRules.queued(spec, first.plus(Duration.ofMinutes(n)), time.now());
            queued.add(
                    Objects.requireNonNull(ItemRules.trimmed(item, item.outbox().seq()))
                            .written("test"));
        }
        store.mongoCollection().insertMany(queued).await().atMost(Duration.ofSeconds(10));
    }

    private ItemStatus statusOf(String team) {
        Optional<ItemDocument> found =
                call(() -> items.find(new ItemSpec(team, "page-0", "News", "ada", 0).documentId()));
        return found.orElseThrow().status();
    }

    private CompletableFuture<BatchResult> run(PlainContext context) {
        return CompletableFuture.supplyAsync(() -> new QueuedPages(() -> items, loop).run(context));
    }

    @Test
    void backlogOfOneTeamThatIsSlowLeavesItsPlacesToOthers() {
        // Given
        Instant before = time.now().minus(Duration.ofDays(30));
        queue("big", MORE_THAN_TWO_PAGES, before);
        queue("small", 1, time.now());
        // When
        CompletableFuture<BatchResult> run = run(new PlainContext(time.now(), false));
        // Then
        await().until(() -> statusOf("small") == ItemStatus.PUBLISHED);
        assertThat(statusOf("big")).isEqualTo(ItemStatus.PUBLISHING);
        publisher.big.complete(new Posting.Posted(null));
        assertThat(run).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(BatchResult.completed());
    }

    @Test
    void whoQueuesAnItemMeanwhileIsServedByTheNextRunAlsoIfTheTurnsOfOthersLieInTheFuture() {
        // Given
        publisher.big.complete(new Posting.Posted(null));
        queue("big", MORE_THAN_TWO_PAGES, time.now());
        PlainContext context = new PlainContext(time.now(), false);
        // When
        run(context).join();
        queue("small", 1, time.now());
        // Then
        Turn next = Turn.parse(context.cursor().orElseThrow());
        assertThat(call(() -> store.due(time.now(), next, 10)))
                .extracting(item -> item.spec().team())
                .containsExactly("small");
    }
}
