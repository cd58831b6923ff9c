package io.drawdown.billing.item.store;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.ItemStore.Filter;
import io.drawdown.billing.item.store.ItemStore.Turn;
import io.drawdown.billing.publish.Posting.Message;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.testing.IdleCore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The documents in a real database. */
@QuarkusTest
@TestProfile(IdleCore.class)
class MongoItemsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final TeamDocument.Profile PROFILE =
            new TeamDocument.Profile("Acme", "ada@acme.example", Target.ofWebhook("https://hooks.example/x"));

    @Inject
    MongoItems items;

    @Inject
    MongoTeams teams;

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }

    @BeforeEach
    void empty() {
        now(items.deleteAll());
        now(teams.deleteAll());
    }

    @Test
    void whoeverAsksForStatesHasAnIndexThatBeginsWithThemAndIsInTheOrderOfTheTurns() {
        assertThat(MongoItems.INDEXES)
                .extracting(
                        index -> List.copyOf(index.getKeys().toBsonDocument().keySet()))
                .contains(
                        List.of("agenda.status", "life.turn", "_id"),
                        List.of("spec.team", "agenda.status", "life.turn", "_id"));
    }

    private static ItemDocument there(@Nullable ItemDocument item) {
        return Objects.requireNonNull(item);
    }

    private static ItemDocument queued(String team, String itemId, Instant turn) {
        return ItemRules.queued(new ItemSpec(team, itemId, "Page", "ada", 799), turn, NOW);
    }

    private static ItemDocument charged(ItemDocument item) {
        ItemDocument decided = there(ItemRules.decided(item, item.chargeId(), true, "acme", NOW));
        Charge charge = Objects.requireNonNull(decided.charge());
        return ItemRules.charged(decided, charge.free(NOW), NOW);
    }

    private static List<ItemDocument> ofEveryState() {
        ItemDocument queued = queued("acme", "page-1", NOW);
        ItemDocument charged = charged(queued);
        ItemDocument publishing = there(ItemRules.publishing(charged, "t1", "C1", false, NOW));
        ItemDocument webhook = there(ItemRules.publishing(charged, "t1", null, false, NOW));
        return List.of(
                queued,
                charged,
                publishing,
                there(ItemRules.notPublished(publishing, "t1", PublishFault.NOT_IN_CHANNEL, NOW, NOW)),
                there(ItemRules.undecided(webhook, "t1", NOW)),
                there(ItemRules.published(publishing, "t1", new Message("C1", "1.2"), NOW)),
                there(ItemRules.published(webhook, "t1", null, NOW)),
                there(ItemRules.wished(queued, "cancelled", NOW)));
    }

    @Test
    void everyStateIsReadAsItWasWritten() {
        for (ItemDocument item : ofEveryState()) {
            // Given
            now(items.deleteAll());
            ItemDocument written = item.written("w1");
            // When
            now(items.insert(written));
            // Then
            assertThat(now(items.get(item.id()))).contains(written);
        }
    }

    @Test
    void documentIsReplacedOnlyAsItWasRead() {
        // Given
        ItemDocument first = queued("acme", "page-1", NOW).written("w1");
        now(items.insert(first));
        ItemDocument next = charged(first).written("w2");
        // When
        boolean won = now(items.replace(first, next));
        boolean lost = now(items.replace(first, next));
        // Then
        assertThat(won).isTrue();
        assertThat(lost).isFalse();
        assertThat(now(items.insert(first))).isFalse();
        assertThat(now(items.get(first.id()))).contains(next);
    }

    @Test
    void trimEmptiesTheOutboxOfItemsWithoutALaterEventAndNobodyPutsItsEventsBack() {
        // Given
        ItemDocument all = queued("acme", "page-1", NOW).written("w1");
        ItemDocument later = charged(queued("acme", "page-2", NOW)).written("w1");
        ItemDocument other = queued("acme", "page-3", NOW).written("w1");
        List.of(all, later, other).forEach(item -> now(items.insert(item)));
        // When
        now(items.trim(Map.of(all.id(), 1L, later.id(), 1L, "itm_gone", 1L)));
        // Then
        assertThat(now(items.get(all.id())))
                .contains(there(ItemRules.trimmed(all, 1)).written("w1"));
        assertThat(now(items.get(later.id()))).contains(later);
        assertThat(now(items.get(other.id()))).contains(other);
        assertThat(now(items.unsent(NOW.plusSeconds(1), 10))).containsExactlyInAnyOrder(later, other);
        assertThat(now(items.replace(all, charged(all).written("w2")))).isFalse();
    }

    @Test
    void dueItemsComeInTheOrderOfTheirTurnsAndThePageGoesOnAtItsCursor() {
        // Given
        List<String> inTurn = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            ItemDocument item =
                    queued("acme", "page-" + n, NOW.plusSeconds(n / 2)).written("w");
            inTurn.add(item.id());
            now(items.insert(item));
        }
        now(items.insert(ofEveryState().get(5).written("w"))); // page-1 again: refused
        // When
        List<ItemDocument> all = now(items.due(NOW, null, 100));
        List<ItemDocument> found = new ArrayList<>(now(items.due(NOW, null, 3)));
        while (found.size() < 7) {
            Turn last = Turn.parse(Turn.of(found.getLast()).cursor());
            found.addAll(now(items.due(NOW, last, 3)));
        }
        // Then
        assertThat(found).isEqualTo(all);
        assertThat(found).extracting(ItemDocument::id).containsExactlyInAnyOrderElementsOf(inTurn);
        assertThat(found)
                .isSortedAccordingTo(
                        (a, b) -> a.life().turn().compareTo(b.life().turn()));
        assertThat(now(items.due(NOW.minusMillis(1), null, 100))).isEmpty();
    }

    @Test
    void itemsWhoseTeamsAreToBeToldAreFound() {
        // Given
        ItemDocument old = queued("acme", "page-1", NOW);
        ItemDocument expired = there(ItemRules.expired(old, NOW.plusSeconds(1), NOW.plusSeconds(2)));
        now(items.insert(queued("acme", "page-2", NOW).written("w")));
        now(items.insert(expired.written("w")));
        // When
        List<ItemDocument> untold = now(items.untold(null, 10));
        // Then
        assertThat(untold).containsExactly(expired.written("w"));
        assertThat(now(items.untold(Turn.of(expired), 10))).isEmpty();
    }

    @Test
    void itemsAreListedAndCountedByTeamAndStatus() {
        // Given
        now(items.insert(queued("acme", "page-1", NOW).written("w")));
        now(items.insert(charged(queued("acme", "page-2", NOW)).written("w")));
        now(items.insert(queued("other", "page-1", NOW).written("w")));
        // When
        Map<ItemStatus, Long> counts = now(items.counts("acme"));
        List<ItemDocument> listed = now(items.page(new Filter("acme", List.of(ItemStatus.QUEUED)), null, 10));
        // Then
        assertThat(counts).isEqualTo(Map.of(ItemStatus.QUEUED, 1L, ItemStatus.CHARGED, 1L));
        assertThat(listed).extracting(item -> item.spec().itemId()).containsExactly("page-1");
        assertThat(now(items.page(new Filter(null, List.of()), null, 10))).hasSize(3);
        assertThat(now(items.old(NOW.plusSeconds(1), null, 10))).hasSize(2);
        assertThat(now(items.unsent(NOW.plusSeconds(1), 10))).hasSize(3);
    }

    @Test
    void teamIsReadAsItWasWritten() {
        // Given
        TeamDocument team = Objects.requireNonNull(
                Objects.requireNonNull(TeamDocument.of("acme").told(PROFILE)).taken("itm_1-1", NOW));
        TeamDocument written = Objects.requireNonNull(team.settled("itm_1-1")).written("w");
        // When
        now(teams.insert(written));
        // Then
        assertThat(now(teams.get("acme"))).contains(written);
    }
}
