package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {

    private final QueueWorld world = new QueueWorld();

    @Test
    void whoeverWantsToBeLeftAloneIsLeftAloneForAllItemsOfTheTeam() {
        // Given
        world.queue("acme", 3, "fp-1");
        world.refusal = new Posting.Refused(PublishFault.RATE_LIMITED, Optional.of(Duration.ofMinutes(10)));
        world.answer(world.run().page(world.due(100)));
        // When
        world.time.advance(Duration.ofMinutes(5));
        world.answer(world.run().page(world.due(100)));
        int during = world.posted.size();
        world.time.advance(Duration.ofMinutes(6));
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(during).isZero();
        assertThat(world.posted).hasSize(3).doesNotHaveDuplicates();
        assertThat(world.store.documents.values())
                .extracting(ItemDocument::status)
                .containsOnly(ItemStatus.PUBLISHED);
    }
}
