package io.drawdown.billing.item;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.publish.Posting.Message;
import io.drawdown.billing.publish.PublishFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ItemRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ItemSpec SPEC = new ItemSpec("acme", "page-1", "Page", "ada", 799);

    private static ItemDocument item() {
        return ItemRules.queued(SPEC, NOW, NOW);
    }

    private static ItemDocument there(@Nullable ItemDocument item) {
        return Objects.requireNonNull(item);
    }

    private static Charge charge(ItemDocument item) {
        return Objects.requireNonNull(item.charge());
    }

    private static ItemDocument free() {
        ItemDocument decided = there(ItemRules.decided(item(), item().chargeId(), true, "acme", NOW));
        return ItemRules.charged(decided, charge(decided).free(NOW), NOW);
    }

    private static ItemDocument publishing() {
        return there(ItemRules.publishing(free(), "t1", "C1", false, NOW));
    }

    @Test
    void idBelongsToTheTeamAndTheItem() {
        assertThat(SPEC.documentId())
                .matches(ItemSpec.ID)
                .isEqualTo(new ItemSpec("acme", "page-1", "Other", "bob", 0).documentId())
                .isNotEqualTo(new ItemSpec("acm", "epage-1", "Page", "ada", 799).documentId());
        assertThat(ItemDocument.idOf(item().chargeId())).isEqualTo(item().id());
    }

    @Test
    void pricedItemOwesItsPriceAndAFreeOneNothing() {
        // When
        ItemDocument priced = there(ItemRules.decided(item(), item().chargeId(), false, "payer-1", NOW));
        // Then
        assertThat(charge(priced).terms().amountCents()).isEqualTo(799);
        assertThat(charge(priced).terms().payerId()).isEqualTo("payer-1");
        assertThat(free().status()).isEqualTo(ItemStatus.CHARGED);
        assertThat(ItemRules.decided(priced, priced.chargeId(), true, "acme", NOW))
                .isNull();
    }

    @Test
    void itemThatWasSentIsNotCancelled() {
        assertThat(ItemRules.wished(publishing(), "cancelled", NOW)).isNull();
        ItemDocument failed = there(ItemRules.notPublished(publishing(), "t1", PublishFault.RATE_LIMITED, NOW, NOW));
        assertThat(ItemRules.wished(failed, "cancelled", NOW)).isNull();
        assertThat(there(ItemRules.wished(free(), "cancelled", NOW)).status()).isEqualTo(ItemStatus.CANCELLED);
    }

    @Test
    void itemThatWasCancelledBeginsAnotherLifeWithAnotherCharge() {
        // Given
        ItemDocument cancelled = there(ItemRules.wished(item(), "cancelled", NOW));
        // When
        ItemDocument again =
                there(ItemRules.queuedAgain(cancelled, new ItemSpec("acme", "page-1", "New", "ada", 500), NOW, NOW));
        // Then
        assertThat(again.status()).isEqualTo(ItemStatus.QUEUED);
        assertThat(again.chargeId()).isEqualTo(item().id() + "-2");
        assertThat(again.spec().priceCents()).isEqualTo(500);
        assertThat(again.outbox().unsent())
                .extracting(Outbox.Entry::status)
                .containsExactly(ItemStatus.QUEUED, ItemStatus.CANCELLED, ItemStatus.QUEUED);
        assertThat(ItemRules.queuedAgain(free(), SPEC, NOW, NOW)).isNull();
    }

    @Test
    void onlyItemsThatNoMoneyIsUnderWayForExpire() {
        // Given
        Instant before = NOW.plusSeconds(1);
        // Then
        assertThat(there(ItemRules.expired(item(), before, NOW)).status()).isEqualTo(ItemStatus.CANCELLED);
        assertThat(ItemRules.expired(item(), NOW, NOW)).isNull();
        assertThat(ItemRules.expired(free(), before, NOW)).isNull();
        assertThat(ItemRules.expired(publishing(), before, NOW)).isNull();
    }

    @Test
    void noticeOfAnExpiryStaysUntilItIsToldWhateverBecomesOfTheItem() {
        // Given
        ItemDocument expired = there(ItemRules.expired(item(), NOW.plusSeconds(1), NOW));
        ItemDocument again = there(ItemRules.queuedAgain(expired, SPEC, NOW, NOW.plusSeconds(2)));
        // When
        ItemDocument told = there(ItemRules.told(again, NOW));
        // Then
        assertThat(expired.agenda().notice()).isEqualTo(NOW);
        assertThat(again.agenda().notice()).isEqualTo(NOW);
        assertThat(told.agenda().notice()).isNull();
        assertThat(told.status()).isEqualTo(ItemStatus.QUEUED);
        assertThat(ItemRules.told(told, NOW)).isNull();
        assertThat(there(ItemRules.wished(item(), "cancelled", NOW)).agenda().notice())
                .isNull();
    }

    @Test
    void messageThatIsNotFoundTwiceIsPostedAgain() {
        // When
        ItemDocument once = there(ItemRules.absent(publishing(), "t1", 0, NOW));
        ItemDocument twice = there(ItemRules.absent(once, "t1", 1, NOW.plusSeconds(60)));
        // Then
        assertThat(once.status()).isEqualTo(ItemStatus.PUBLISHING);
        assertThat(once.agenda().due()).isEqualTo(NOW.plusSeconds(60));
        assertThat(ItemRules.absent(once, "t1", 0, NOW)).isNull();
        assertThat(twice.status()).isEqualTo(ItemStatus.PUBLISH_FAILED);
        assertThat(ItemRules.publishing(twice, "t2", "C1", false, NOW.plusSeconds(60)))
                .isNotNull();
    }

    @Test
    void messageThatCouldNotBeLookedForForADayIsLeftToAPerson() {
        // When
        ItemDocument later = there(ItemRules.lookLater(publishing(), "t1", NOW.plus(Duration.ofHours(24))));
        ItemDocument undecided = there(ItemRules.lookLater(later, "t1", NOW.plus(Duration.ofHours(25))));
        // Then
        assertThat(later.status()).isEqualTo(ItemStatus.PUBLISHING);
        assertThat(later.agenda().due())
                .isEqualTo(NOW.plus(Duration.ofHours(24)).plus(ItemRules.LOOK));
        assertThat(undecided.status()).isEqualTo(ItemStatus.PUBLISH_UNKNOWN);
    }

    @Test
    void answerOfAFormerTryChangesNothing() {
        assertThat(ItemRules.published(publishing(), "t0", null, NOW)).isNull();
        assertThat(ItemRules.notPublished(publishing(), "t0", PublishFault.LOST, NOW, NOW))
                .isNull();
        assertThat(ItemRules.undecided(publishing(), "t0", NOW)).isNull();
    }

    @Test
    void personDecidesWhatNobodyCanLookUp() {
        // Given
        ItemDocument undecided = there(ItemRules.undecided(publishing(), "t1", NOW));
        // Then
        assertThat(undecided.agenda().due()).isNull();
        assertThat(there(ItemDecisions.published(undecided, true, NOW)).status())
                .isEqualTo(ItemStatus.PUBLISHED);
        assertThat(there(ItemDecisions.published(undecided, false, NOW)).status())
                .isEqualTo(ItemStatus.PUBLISH_FAILED);
        assertThat(ItemDecisions.published(publishing(), true, NOW)).isNull();
        assertThat(there(ItemRules.published(undecided, "t1", new Message("C1", "1"), NOW))
                        .status())
                .isEqualTo(ItemStatus.PUBLISHED);
    }

    private static ItemDocument dead() {
        ItemDocument decided = there(ItemRules.decided(item(), item().chargeId(), false, "acme", NOW));
        return ItemRules.charged(decided, charge(decided).dead(Fault.MISSING, NOW), NOW);
    }

    @Test
    void deadItemThatWasChargedIsPublishedAndNeitherChargedNorCancelledAnyMore() {
        // When
        ItemDocument resolved = there(ItemDecisions.charged(dead(), true, NOW));
        // Then
        assertThat(dead().agenda().due()).isNull();
        assertThat(resolved.status()).isEqualTo(ItemStatus.CHARGED);
        assertThat(resolved.agenda().due()).isEqualTo(NOW);
        assertThat(resolved.chargeId()).isEqualTo(dead().chargeId());
        assertThat(charge(resolved).isOver()).isTrue();
        assertThat(resolved.outbox().unsent().getLast().reason()).isEqualTo("found_charged");
        assertThat(ItemRules.wished(resolved, "cancelled", NOW)).isNull();
        assertThat(there(ItemRules.publishing(resolved, "t1", "C1", false, NOW)).status())
                .isEqualTo(ItemStatus.PUBLISHING);
    }

    @Test
    void deadItemThatWasNotChargedMayBeQueuedAgainWithAnotherCharge() {
        // When
        ItemDocument resolved = there(ItemDecisions.charged(dead(), false, NOW));
        ItemDocument again = there(ItemRules.queuedAgain(resolved, SPEC, NOW, NOW));
        // Then
        assertThat(resolved.status()).isEqualTo(ItemStatus.CANCELLED);
        assertThat(resolved.agenda().notice()).isNull();
        assertThat(again.status()).isEqualTo(ItemStatus.QUEUED);
        assertThat(again.charge()).isNull();
        assertThat(again.chargeId()).isEqualTo(item().id() + "-2");
        assertThat(ItemRules.queuedAgain(dead(), SPEC, NOW, NOW)).isNull();
    }

    @Test
    void onlyADeadItemIsResolved() {
        assertThat(ItemDecisions.charged(item(), true, NOW)).isNull();
        assertThat(ItemDecisions.charged(publishing(), false, NOW)).isNull();
        assertThat(ItemDecisions.charged(there(ItemDecisions.charged(dead(), false, NOW)), true, NOW))
                .isNull();
    }

    @Test
    void wishOfAChargedItemIsStoredForItsCharge() {
        // Given
        ItemDocument priced = there(ItemRules.decided(item(), item().chargeId(), false, "acme", NOW));
        // When
        ItemDocument wished = there(ItemRules.wished(priced, "cancelled", NOW));
        // Then
        Charge charge = charge(wished);
        assertThat(charge.wish()).isNotNull();
        assertThat(wished.status()).isEqualTo(ItemStatus.QUEUED);
        assertThat(ItemRules.charged(wished, charge.cancelled(NOW), NOW).status())
                .isEqualTo(ItemStatus.CANCELLED);
    }

    @Test
    void eventsThatAreOutLeaveTheDocument() {
        // Given
        ItemDocument item = free();
        // When
        ItemDocument trimmed = there(ItemRules.trimmed(item, 1));
        // Then
        assertThat(trimmed.outbox().unsent()).extracting(Outbox.Entry::seq).containsExactly(2L);
        assertThat(ItemRules.trimmed(trimmed, 1)).isNull();
        assertThat(there(ItemRules.trimmed(trimmed, 2)).outbox().pending()).isNull();
        assertThat(Duration.between(NOW, item.outbox().pending())).isZero();
    }
}
