package io.drawdown.simulator.sessions.stores;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.events.Rejection;
import io.drawdown.sessions.AccountEventFilter;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.UnreadableRecords;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings one process the account events of all partitions, from its start on, without a consumer group. */
public final class AccountEventReader {

    private static final Duration AGAIN = Duration.ofMillis(500);

    private final SimulationContext context;
    private final Broker broker;
    private final Link link;
    private final SessionsCore core;
    private final AccountEventFilter filter;
    private final int[] positions = new int[Broker.PARTITIONS];
    private boolean polling;
    private boolean wanted;
    private int lost;
    private int lostOverdue;
    private long notBeforeNanos;

    public AccountEventReader(SimulationContext context, Broker broker, Link link, SessionsCore core) {
        this.context = context;
        this.broker = broker;
        this.link = link;
        this.core = core;
        this.filter = new AccountEventFilter(new OnlyRubbish());
        for (int partition = 0; partition < positions.length; partition++) {
            positions[partition] = broker.log(Topic.CREDITS_ACCOUNT, partition).size();
        }
    }

    /** There is something to read. */
    public void poll() {
        wanted = true;
        if (!polling) {
            polling = true;
            fetch();
        }
    }

    /** The next records, that many, never arrive, nor does the next overdue event. */
    public void lose(int records) {
        lost += records;
        lostOverdue++;
    }

    /** Nothing arrives for that long. */
    public void delay(long nanos) {
        notBeforeNanos = context.timeline.nanos() + nanos;
    }

    /** From now on everything arrives at once. */
    public void heal() {
        lost = 0;
        lostOverdue = 0;
        notBeforeNanos = 0;
    }

    private void fetch() {
        long wait = notBeforeNanos - context.timeline.nanos();
        if (wait > 0) {
            link.caller().after(Duration.ofNanos(Math.min(wait, AGAIN.toNanos())), this::fetch);
        } else {
            link.read(this::read).subscribe().with(this::handle, fault -> link.caller()
                    .after(AGAIN, this::fetch));
        }
    }

    private List<RawRecord> read() {
        wanted = false;
        List<RawRecord> records = new ArrayList<>();
        for (int partition = 0; partition < positions.length; partition++) {
            List<CloudEvent> log = broker.log(Topic.CREDITS_ACCOUNT, partition);
            for (int offset = positions[partition]; offset < log.size(); offset++) {
                records.add(RawRecord.of(log.get(offset), Topic.CREDITS_ACCOUNT.topicName(), partition, offset));
            }
        }
        return records;
    }

    private void handle(List<RawRecord> records) {
        polling = false;
        List<RawRecord> arrived = new ArrayList<>();
        for (RawRecord record : records) {
            positions[record.partition()] = Math.toIntExact(record.offset()) + 1;
            if (lose(record)) {
                context.counts.count("account event lost");
            } else {
                arrived.add(record);
            }
        }
        List<AccountEvent> events = filter.read(arrived, core::concerns);
        if (!events.isEmpty()) {
            core.handleAccountEvents(events);
        }
        if (wanted) {
            poll();
        }
    }

    /** Loses the record if one is to be lost. Answers whether it did. */
    private boolean lose(RawRecord record) {
        if (lostOverdue > 0 && EntryType.OVERDUE.eventType().equals(record.header("ce_type"))) {
            lostOverdue--;
            return true;
        }
        return lost > 0 && lost-- > 0;
    }

    /** Only records that were damaged on purpose are unreadable. */
    private final class OnlyRubbish implements DeadLetters {

        @Override
        public Uni<Void> unreadable(RawRecord record, String reason) {
            context.findings.expect(UnreadableRecords.is(record), "every event can be read", () -> reason);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> rejected(Rejection rejection) {
            context.findings.expect(false, "every event can be applied", rejection::toString);
            return Uni.createFrom().voidItem();
        }
    }
}
