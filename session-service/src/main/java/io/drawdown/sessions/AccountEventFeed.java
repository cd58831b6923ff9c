package io.drawdown.sessions;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.TopicFeed;
import io.drawdown.kit.runtime.CoreLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings the core the account events of all partitions, and drops at once what nobody here waits for. A lost event does no
 * harm: the core asks credits-service before it decides.
 */
@Singleton
final class AccountEventFeed {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CoreLoop loop;
    private final SessionsCore core;
    private final AccountEventFilter filter;
    private final TopicFeed feed;

    AccountEventFeed(Broker broker, CoreLoop loop, SessionsCore core, DeadLetters deadLetters) {
        this.loop = loop;
        this.core = core;
        filter = new AccountEventFilter(deadLetters);
        feed = new TopicFeed(broker, "account-events", Set.of(Topic.CREDITS_ACCOUNT), this::handle);
    }

    /** Returns when the place to read from is fixed. */
    void start(@Observes StartupEvent event) {
        feed.start();
    }

    private boolean handle(List<RawRecord> records) {
        Set<String> keys =
                records.stream().map(AccountEventFilter::keyOf).collect(Collectors.toCollection(HashSet::new));
        Set<String> wanted = await(() -> {
            keys.removeIf(key -> !core.concerns(key));
            return keys;
        });
        List<AccountEvent> events = filter.read(records, wanted::contains);
        if (!events.isEmpty()) {
            loop.execute(() -> core.handleAccountEvents(events));
        }
        return !events.isEmpty();
    }

    private Set<String> await(Supplier<Set<String>> question) {
        return loop.call(() -> Uni.createFrom().item(question)).await().atMost(PATIENCE);
    }

    /** The core has stopped by then. */
    void close(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        feed.close();
    }
}
