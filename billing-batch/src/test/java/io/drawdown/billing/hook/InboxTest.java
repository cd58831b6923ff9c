package io.drawdown.billing.hook;

import io.drawdown.billing.testing.DyingScheduler;
import io.drawdown.billing.testing.MemoryInbox;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTest {

    private final ManualTime time = new ManualTime();
    private final MemoryInbox store = new MemoryInbox(time);
    private final List<String> looked = new ArrayList<>();
    private boolean isStripeAway;
    private boolean isDead;

    private Inbox inbox() {
        Inbox inbox = new Inbox(store, this::look, time, new DyingScheduler(time, () -> isDead), new Random(1));
        inbox.start();
        return inbox;
    }

    private Uni<Void> look(Hint hint) {
        if (isStripeAway) {
            return Uni.createFrom().failure(new Unavailable("Stripe is away"));
        }
        looked.add(hint.event());
        return Uni.createFrom().voidItem();
    }

    private static Hint hint(int n) {
        return new Hint("evt_" + n, "charge.refunded", "ch_1");
    }

    private Optional<Boolean> take(Inbox inbox, Hint hint) {
        AtomicReference<Boolean> answer = new AtomicReference<>();
        inbox.take(hint).subscribe().with(answer::set, fault -> {});
        time.advance(Duration.ofMillis(20));
        return Optional.ofNullable(answer.get());
    }

    @Test
    void anEventIsStoredLookedAtAndDoneOnce() {
        // Given
        Inbox inbox = inbox();
        // When
        boolean isNew = take(inbox, hint(1)).orElseThrow();
        boolean isNewAgain = take(inbox, hint(1)).orElseThrow();
        time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(List.of(isNew, isNewAgain)).containsExactly(true, false);
        assertThat(looked).containsExactly("evt_1");
        assertThat(Objects.requireNonNull(store.documents.get("evt_1")).isDone())
                .isTrue();
        assertThat(inbox.backlog()).isZero();
    }

    @Test
    void whatACrashLeftBehindIsFoundBySweep() {
        // Given
        Inbox first = inbox();
        isStripeAway = true;
        take(first, hint(1));
        isDead = true;
        first.stop();
        // When
        isDead = false;
        isStripeAway = false;
        inbox();
        time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(looked).containsExactly("evt_1");
        assertThat(Objects.requireNonNull(store.documents.get("evt_1")).isDone())
                .isTrue();
    }

    @Test
    void whatCannotBeLookedAtIsTriedAgainEverMoreSeldom() {
        // Given
        Inbox inbox = inbox();
        isStripeAway = true;
        take(inbox, hint(1));
        time.advance(Duration.ofHours(6));
        int tries = Objects.requireNonNull(store.documents.get("evt_1")).tries();
        // When
        isStripeAway = false;
        time.advance(Duration.ofHours(2));
        // Then
        assertThat(tries).isBetween(8, 20);
        assertThat(looked).containsExactly("evt_1");
    }

    @Test
    void nothingIsAcknowledgedThatIsNotStored() {
        // Given
        Inbox inbox = inbox();
        store.away = true;
        // When, then
        assertThat(take(inbox, hint(1))).isEmpty();
        assertThat(looked).isEmpty();
    }

    @Test
    void manyEventsAreAllLookedAt() {
        // Given
        Inbox inbox = inbox();
        // When
        for (int n = 0; n < 3_000; n++) {
            inbox.take(hint(n)).subscribe().with(done -> {}, fault -> {});
        }
        time.advance(Duration.ofMinutes(2));
        // Then
        assertThat(looked).hasSize(3_000).doesNotHaveDuplicates();
    }
}
