package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.trace.CurrentWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Finds the account events that the core waits for. A record whose account nobody here waits for is dropped by its key,
 * before it is parsed. A record that can never be read becomes a dead letter.
 */
public final class AccountEventFilter {

    private static final Logger LOG = Logger.getLogger(AccountEventFilter.class);
    private static final EventReader<AccountEvent> READER = new EventReader<>(
            Arrays.stream(EntryType.values()).map(EntryType::eventType).collect(Collectors.toSet()),
            AccountEvent.class);

    /** What every instance acts upon, whoever owns the sessions of the account. */
    private static final Set<String> FOR_ALL = Stream.of(EntryType.OVERDUE, EntryType.SUSPENDED, EntryType.REINSTATED)
            .map(EntryType::eventType)
            .collect(Collectors.toSet());

    private final DeadLetters deadLetters;

    public AccountEventFilter(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** The account of a record. */
    public static String keyOf(RawRecord record) {
        return String.valueOf(record.key());
    }

    /** @param wanted what {@code SessionsCore.concerns} says of a key; what is for all passes without it */
    public List<AccountEvent> read(List<RawRecord> records, Predicate<String> wanted) {
        List<AccountEvent> events = new ArrayList<>();
        for (RawRecord record : records) {
            if (wanted.test(keyOf(record)) || isForAll(record)) {
                decode(record, events);
            }
        }
        return events;
    }

    private void decode(RawRecord record, List<AccountEvent> events) {
        switch (READER.read(record)) {
            case Decoded.Readable<AccountEvent>(AccountEvent event) -> {
                tell(record, event);
                events.add(event);
            }
            case Decoded.Foreign<AccountEvent> foreign -> LOG.debugf("Event not for us: type=%s", foreign.type());
            case Decoded.Unreadable<AccountEvent>(String reason) ->
                deadLetters
                        .unreadable(record, reason)
                        .subscribe()
                        .with(done -> {}, fault -> LOG.errorf("Dead letter lost: fault=%s", fault));
        }
    }

    private static void tell(RawRecord record, AccountEvent event) {
        if (LOG.isDebugEnabled()) {
            CurrentWork.within(
                    record.trace(), () -> LOG.debugf("Event received: place=%s id=%s", record.place(), event.id()));
        }
    }

    private static boolean isForAll(RawRecord record) {
        String type = record.header("ce_type");
        return type != null && FOR_ALL.contains(type);
    }
}
