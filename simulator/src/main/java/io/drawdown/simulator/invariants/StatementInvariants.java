package io.drawdown.simulator.invariants;

import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.UsedSpan;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.json.Json;
import io.drawdown.simulator.world.Findings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what the owners of sessions stated, by epoch: in a renewal, in a heartbeat that the broker has, in the event of
 * an end. A hold may be settled to nothing else: usage is what the owner of its epoch stated.
 */
public final class StatementInvariants {

    private static final Comparator<MeterReading> PROOF =
            Comparator.comparingLong(MeterReading::epoch).thenComparingLong(MeterReading::usedMillis);

    private final AccountInvariants accounts;
    private final Findings findings;
    private final Map<String, Map<Long, Long>> stated = new HashMap<>();
    private final Map<String, MeterReading> proofs = new HashMap<>();

    public StatementInvariants(AccountInvariants accounts, Findings findings) {
        this.accounts = accounts;
        this.findings = findings;
        accounts.whenEntered(this::entered);
    }

    /** The owner of that epoch states this total. */
    public void state(String session, long epoch, long usedMillis) {
        stated.computeIfAbsent(session, fresh -> new HashMap<>()).merge(epoch, usedMillis, Math::max);
    }

    /** The broker has this event now. */
    public void published(Topic topic, CloudEvent event) {
        if (topic.equals(Topic.SESSION_HEARTBEAT)) {
            Json.read(event.data(), Heartbeat.class).readings().forEach(this::beaten);
        } else if (topic.equals(Topic.SESSION_LIFECYCLE) && event.type().equals(SessionEvent.Type.ENDED.eventType())) {
            SessionEvent ended = Json.read(event.data(), SessionEvent.class);
            state(ended.sessionId(), ended.epoch(), ended.usedMillis());
        }
    }

    private void beaten(MeterReading reading) {
        state(reading.sessionId(), reading.epoch(), reading.usedMillis());
        proofs.merge(reading.sessionId(), reading, (a, b) -> PROOF.compare(a, b) >= 0 ? a : b);
    }

    /** What the heartbeats of the session prove: the greatest total of the greatest epoch. */
    public Optional<MeterReading> proof(String session) {
        return Optional.ofNullable(proofs.get(session));
    }

    private void entered(String account, Entry entry) {
        Hold hold = entry.hold();
        UsedSpan used = entry.subject().used();
        if (entry.type() != EntryType.SETTLED || hold == null || used == null || used.toMillis() <= used.fromMillis()) {
            return;
        }
        Optional<Hold> before = accounts.of(account).holdAt(hold.id(), entry.seq() - 1);
        long most = before.map(held -> stated(hold.id(), held.epoch())).orElse(0L);
        findings.expect(
                used.toMillis() <= most,
                "usage in an epoch is what its owner stated",
                () -> account + ": " + entry + ", before it " + before + ", stated " + stated.get(hold.id()));
    }

    private long stated(String session, long epoch) {
        return stated.getOrDefault(session, Map.of()).getOrDefault(epoch, 0L);
    }
}
