package io.drawdown.checkpoints.metering;

import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.TraceContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one partition, by their slot in the interval, and the queue of those that are due.
 *
 * <p>A session is in the queue at most once, and its reading is taken when a record is folded. So however long the
 * broker was away, the queue is never longer than the number of sessions, and each report has the newest total.
 */
public final class PartitionSessions {

    private final ReportSlots slotting;
    private final List<Map<String, TrackedSession>> slots;
    private final Deque<TrackedSession> due = new ArrayDeque<>();
    private int size;

    public PartitionSessions(ReportSlots slotting) {
        this.slotting = slotting;
        this.slots = new ArrayList<>(slotting.slots());
        for (int slot = 0; slot < slotting.slots(); slot++) {
            slots.add(new LinkedHashMap<>());
        }
    }

    /** Notes a reading. Returns false if the session is new and there is no room for it. */
    public boolean hear(MeterReading reading, @Nullable TraceContext heartbeat, boolean roomForMore) {
        Map<String, TrackedSession> slot = slots.get(slotting.slotOf(reading.sessionId()));
        TrackedSession known = slot.get(reading.sessionId());
        if (known != null) {
            known.hear(reading);
            known.heardIn(heartbeat);
            return true;
        }
        if (roomForMore) {
            TrackedSession added = new TrackedSession(reading);
            added.heardIn(heartbeat);
            slot.put(reading.sessionId(), added);
            size++;
        }
        return roomForMore;
    }

    /**
     * Queues the sessions of this slot that were heard, and forgets those that were silent too long. Returns how many
     * it forgot.
     */
    public int queueDueAndForgetSilent(int slot, long nanos, int silentRuns) {
        int forgotten = 0;
        Iterator<TrackedSession> sessions = slots.get(slot).values().iterator();
        while (sessions.hasNext()) {
            TrackedSession session = sessions.next();
            if (session.queueDue(nanos)) {
                due.addLast(session);
            } else if (session.isSilentFor(silentRuns)) {
                sessions.remove();
                forgotten++;
            }
        }
        size -= forgotten;
        return forgotten;
    }

    /** Queues every session with a reading that was not reported yet. */
    public void allComesDue(long nanos) {
        for (int slot = 0; slot < slots.size(); slot++) {
            queueDueAndForgetSilent(slot, nanos, Integer.MAX_VALUE);
        }
    }

    /** Takes the oldest due sessions and their readings out of the queue. */
    Batch fold(int atMost) {
        List<TrackedSession> sessions = new ArrayList<>(Math.min(atMost, due.size()));
        List<MeterReading> readings = new ArrayList<>(Math.min(atMost, due.size()));
        long oldest = Long.MAX_VALUE;
        while (!due.isEmpty() && sessions.size() < atMost) {
            TrackedSession session = due.removeFirst();
            oldest = Math.min(oldest, session.dueNanos());
            sessions.add(session);
            readings.add(session.take());
        }
        return new Batch(sessions, readings, oldest);
    }

    /** Puts the sessions of a failed batch back to the front of the queue. */
    void putBack(Batch batch) {
        for (TrackedSession session : batch.sessions().reversed()) {
            if (session.putBack(batch.dueNanos())) {
                due.addFirst(session);
            }
        }
    }

    public int size() {
        return size;
    }

    int backlog() {
        return due.size();
    }

    /** When the oldest session in the queue came due. */
    OptionalLong oldestDueNanos() {
        TrackedSession first = due.peekFirst();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.dueNanos());
    }

    /** Sessions that share a record, their readings, and when the first of them came due. */
    record Batch(List<TrackedSession> sessions, List<MeterReading> readings, long dueNanos) {

        /** What brought the readings, as far as it is in a trace. */
        List<TraceContext> traces() {
            Set<TraceContext> traces = new LinkedHashSet<>();
            for (TrackedSession session : sessions) {
                TraceContext trace = session.trace();
                if (trace != null) {
                    traces.add(trace);
                }
            }
            return List.copyOf(traces);
        }
    }
}
