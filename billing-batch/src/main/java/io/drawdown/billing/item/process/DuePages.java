package io.drawdown.billing.item.process;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.store.ItemStore.Turn;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is due, in pages: first what earlier runs have left behind the cursor, then from the cursor on. Items that wait for an answer, a
 * second try or a wish are behind it, and must not wait until a long backlog is done. They have half of the time at most, so that the
 * backlog goes on, too.
 */
final class DuePages {

    /** Items of a page. */
    static final int SIZE = 500;

    private final Function<@Nullable Turn, List<ItemDocument>> source;
    private final @Nullable Turn cursor;
    private final Supplier<Duration> remaining;
    private final Duration reserved;
    private @Nullable Turn behind;
    private @Nullable Turn reached;
    private boolean isBehind;
    private boolean isOver;

    /**
     * @param source those that are due after that turn, {@link #SIZE} of them at most
     * @param cursor where the last run has ended; null: there is nothing behind it
     */
    DuePages(Function<@Nullable Turn, List<ItemDocument>> source, @Nullable Turn cursor, Supplier<Duration> remaining) {
        this.source = source;
        this.cursor = cursor;
        this.remaining = remaining;
        reserved = remaining.get().dividedBy(2);
        reached = cursor;
        isBehind = cursor != null;
    }

    /** @param reached the turn of its last item; null: it is behind the cursor, which stays where it is */
    record Page(List<ItemDocument> items, @Nullable Turn reached) {}

    boolean isOver() {
        return isOver;
    }

    /** The next page, which may be empty. */
    Page next() {
        return isBehind && remaining.get().compareTo(reserved) >= 0 ? behind() : onwards();
    }

    private Page behind() {
        List<ItemDocument> page =
                source.apply(behind).stream().takeWhile(this::isBehindCursor).toList();
        isBehind = page.size() == SIZE;
        behind = page.isEmpty() ? behind : Turn.of(page.getLast());
        return new Page(page, null);
    }

    private boolean isBehindCursor(ItemDocument item) {
        return cursor != null && Turn.of(item).cursor().compareTo(cursor.cursor()) <= 0;
    }

    private Page onwards() {
        isBehind = false;
        List<ItemDocument> page = source.apply(reached);
        isOver = page.size() < SIZE;
        reached = page.isEmpty() ? reached : Turn.of(page.getLast());
        return new Page(page, reached);
    }
}
