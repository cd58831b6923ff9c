package io.drawdown.bench.cycle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

import static java.nio.charset.StandardCharsets.UTF_8;

/** When accounts with this prefix were settled, as their events tell. Safe for use by several threads. */
final class SettledEvents implements Consumer<ConsumerRecord<String, byte[]>> {

    private static final String SETTLED = "io.drawdown.credits.account.settled.v1";

    private final String accountPrefix;
    private final List<Event> events = new ArrayList<>();

    private record Event(String account, long nanos) {}

    /** @param accounts how many accounts were settled at least once */
    record Seen(long accounts, long events, long firstNanos, long lastNanos) {}

    SettledEvents(String accountPrefix) {
        this.accountPrefix = accountPrefix;
    }

    @Override
    public synchronized void accept(ConsumerRecord<String, byte[]> record) {
        if (record.key().startsWith(accountPrefix) && SETTLED.equals(type(record))) {
            events.add(new Event(record.key(), System.nanoTime()));
        }
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("ce_type");
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    /** What came from this moment on and before that one; the moments are zero if nothing came. */
    synchronized Seen between(long from, long until) {
        List<Event> seen = events.stream()
                .filter(event -> event.nanos() >= from && event.nanos() < until)
                .toList();
        long accounts = seen.stream().map(Event::account).distinct().count();
        return seen.isEmpty()
                ? new Seen(0, 0, 0, 0)
                : new Seen(
                        accounts,
                        seen.size(),
                        seen.getFirst().nanos(),
                        seen.getLast().nanos());
    }
}
