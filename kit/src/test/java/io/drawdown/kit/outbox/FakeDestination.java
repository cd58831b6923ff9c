package io.drawdown.kit.outbox;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes 10 ms for everything, keeps what it was given, and fails where it is told to. */
final class FakeDestination implements Destination<FakeDestination.Item> {

    record Item(String aggregateId, long seq) {
        @Override
        public String toString() {
            return aggregateId + ":" + seq;
        }
    }

    static final Duration LATENCY = Duration.ofMillis(10);

    final List<List<String>> recordBatches = new ArrayList<>();
    final List<List<String>> publications = new ArrayList<>();
    final List<String> published = new ArrayList<>();
    final List<Map<String, Long>> trims = new ArrayList<>();
    final Set<String> unpublishable = new HashSet<>();
    final Set<String> refused = new HashSet<>();
    final Set<String> poison = new HashSet<>();
    /** What others added, and the next trim finds. */
    final Map<String, List<Item>> left = new HashMap<>();

    boolean storeAway;
    int publishing;
    int mostPublishing;

    private final Set<String> rows = new HashSet<>();
    private final ManualTime time;

    FakeDestination(ManualTime time) {
        this.time = time;
    }

    static List<Item> items(String aggregateId, long first, long last) {
        List<Item> items = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            items.add(new Item(aggregateId, seq));
        }
        return items;
    }

    @Override
    public long seq(Item item) {
        return item.seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<Item>> items) {
        return time.answer(LATENCY, () -> {
            failIfStoreIsAway();
            if (items.keySet().stream().anyMatch(poison::contains)) {
                throw new IllegalArgumentException("a row that no store takes");
            }
            List<String> batch = new ArrayList<>();
            items.values().forEach(list -> list.forEach(item -> batch.add(item.toString())));
            recordBatches.add(batch);
            rows.addAll(batch);
            Set<String> stopped = new HashSet<>(items.keySet());
            stopped.retainAll(refused);
            return stopped;
        });
    }

    @Override
    public Uni<Integer> publish(String aggregateId, List<Item> items) {
        publishing++;
        mostPublishing = Math.max(mostPublishing, publishing);
        publications.add(items.stream().map(Item::toString).toList());
        return time.answer(LATENCY, () -> {
            publishing--;
            int stored = 0;
            for (Item item : items) {
                if (!rows.contains(item.toString())) {
                    throw new AssertionError("published before its row was written: " + item);
                }
                if (unpublishable.contains(item.toString())) {
                    break;
                }
                published.add(item.toString());
                stored++;
            }
            if (stored == 0) {
                throw new Unavailable("broker away");
            }
            return stored;
        });
    }

    @Override
    public Uni<Map<String, List<Item>>> trim(Map<String, Long> drainedTo) {
        return time.answer(LATENCY, () -> {
            failIfStoreIsAway();
            trims.add(Map.copyOf(drainedTo));
            Map<String, List<Item>> found = Map.copyOf(left);
            left.clear();
            return found;
        });
    }

    private void failIfStoreIsAway() {
        if (storeAway) {
            throw new Unavailable("store away");
        }
    }
}
