package io.drawdown.billing.item.process;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.store.ItemStore.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run looks at, if an earlier one has left a cursor. */
class DuePagesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private final List<ItemDocument> due = new ArrayList<>();
    private Duration remaining = Duration.ofMinutes(5);

    /** So many items, whose turns are one second apart. */
    private void due(int count) {
        IntStream.range(0, count).forEach(n -> {
            ItemSpec spec = new ItemSpec("acme", "page-" + n, "News", "ada", 799);
            due.add(ItemRules.queued(spec, BEGIN.plusSeconds(n), BEGIN));
        });
    }

    private List<ItemDocument> after(@Nullable Turn turn) {
        return due.stream()
                .filter(item -> turn == null || Turn.of(item).cursor().compareTo(turn.cursor()) > 0)
                .limit(DuePages.SIZE)
                .toList();
    }

    private DuePages pages(@Nullable Turn cursor) {
        return new DuePages(this::after, cursor, () -> remaining);
    }

    private static List<ItemDocument> all(DuePages pages) {
        List<ItemDocument> all = new ArrayList<>();
        while (!pages.isOver()) {
            all.addAll(pages.next().items());
        }
        return all;
    }

    @Test
    void whatIsDueBehindTheCursorIsLookedAtFirst() {
        // Given
        due(2 * DuePages.SIZE + 3);
        Turn cursor = Turn.of(due.get(DuePages.SIZE + 1));
        // When
        DuePages pages = pages(cursor);
        // Then
        assertThat(pages.next()).isEqualTo(new DuePages.Page(due.subList(0, DuePages.SIZE), null));
        assertThat(pages.next()).isEqualTo(new DuePages.Page(due.subList(DuePages.SIZE, DuePages.SIZE + 2), null));
        assertThat(pages.next().reached()).isEqualTo(Turn.of(due.get(2 * DuePages.SIZE + 1)));
        assertThat(all(pages)).containsExactly(due.getLast());
    }

    @Test
    void everythingIsLookedAtOnceWithACursorOrWithoutOne() {
        // Given
        due(3 * DuePages.SIZE);
        // When
        List<ItemDocument> without = all(pages(null));
        List<ItemDocument> with = all(pages(Turn.of(due.get(DuePages.SIZE - 1))));
        // Then
        assertThat(without).isEqualTo(due);
        assertThat(with).isEqualTo(due);
    }

    @Test
    void halfOfTheTimeIsForWhatIsAheadOfTheCursor() {
        // Given
        due(3 * DuePages.SIZE);
        Turn cursor = Turn.of(due.get(2 * DuePages.SIZE - 1));
        DuePages pages = pages(cursor);
        pages.next();
        // When
        remaining = Duration.ofMinutes(2);
        // Then
        assertThat(pages.next().items()).isEqualTo(due.subList(2 * DuePages.SIZE, 3 * DuePages.SIZE));
    }
}
