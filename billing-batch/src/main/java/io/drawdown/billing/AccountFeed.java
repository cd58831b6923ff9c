package io.drawdown.billing;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.TopicFeed;
import io.drawdown.kit.runtime.CoreLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings the core the account events of all partitions. A lost event does no harm: top-ups are checked by a sweep too, and a purchase
 * asks credits-service itself.
 */
@Singleton
final class AccountFeed {

    private static final Logger LOG = Logger.getLogger(AccountFeed.class);
    private static final EventReader<AccountEvent> READER = new EventReader<>(
            Arrays.stream(EntryType.values()).map(EntryType::eventType).collect(Collectors.toSet()),
            AccountEvent.class);

    private final CoreLoop loop;
    private final BillingCore core;
    private final DeadLetters deadLetters;
    private final TopicFeed feed;

    AccountFeed(Broker broker, CoreLoop loop, BillingCore core, DeadLetters deadLetters) {
        this.loop = loop;
        this.core = core;
        this.deadLetters = deadLetters;
        feed = new TopicFeed(broker, "account-events", Set.of(Topic.CREDITS_ACCOUNT), this::handle);
    }

    /** Returns when the place to read from is fixed. */
    void start(@Observes StartupEvent event) {
        feed.start();
    }

    private boolean handle(List<RawRecord> records) {
        List<AccountEvent> events = new ArrayList<>();
        records.forEach(record -> decode(record, events));
        if (!events.isEmpty()) {
            loop.execute(() -> core.credits().heard(events));
        }
        return !events.isEmpty();
    }

    private void decode(RawRecord record, List<AccountEvent> events) {
        switch (READER.read(record)) {
            case Decoded.Readable<AccountEvent>(AccountEvent event) -> events.add(event);
            case Decoded.Foreign<AccountEvent> foreign -> LOG.debugf("Event not for us: type=%s", foreign.type());
            case Decoded.Unreadable<AccountEvent>(String reason) ->
                deadLetters
                        .unreadable(record, reason)
                        .subscribe()
                        .with(done -> {}, fault -> LOG.errorf("Dead letter lost: fault=%s", fault));
        }
    }

    /** The core has stopped by then. */
    void close(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        feed.close();
    }
}
