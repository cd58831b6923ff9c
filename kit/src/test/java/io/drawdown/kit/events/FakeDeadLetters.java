package io.drawdown.kit.events;

import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Keeps what is set aside; its first answers can be faults. */
public final class FakeDeadLetters implements DeadLetters {

    final List<RawRecord> records = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();
    final Deque<RuntimeException> faults = new ArrayDeque<>();

    private final ManualTime time;

    public FakeDeadLetters(ManualTime time) {
        this.time = time;
    }

    public List<Long> offsets() {
        return records.stream().map(RawRecord::offset).toList();
    }

    @Override
    public Uni<Void> unreadable(RawRecord record, String reason) {
        return taken(() -> {
            records.add(record);
            reasons.add(reason);
        });
    }

    @Override
    public Uni<Void> rejected(Rejection rejection) {
        return taken(() -> rejections.add(rejection));
    }

    private Uni<Void> taken(Runnable effect) {
        return time.answer(() -> {
                    if (!faults.isEmpty()) {
                        throw faults.remove();
                    }
                    effect.run();
                    return "taken";
                })
                .replaceWithVoid();
    }
}
