package io.drawdown.kit.kafka;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of one call, on their way to the broker. Once one has failed, no later one is handed out. Safe for use by two
 * threads: the one that sends, and the producer's own, which answers.
 */
final class RecordsInOrder {

    private final List<ProducerRecord<String, byte[]>> records;
    private final BitSet stored = new BitSet();
    private int handedOut;
    /** How many can still be stored: those before the first one that failed, or all. */
    private int limit;

    private @Nullable RuntimeException fault;
    private boolean isTold;

    RecordsInOrder(List<ProducerRecord<String, byte[]>> records) {
        this.records = records;
        limit = records.size();
    }

    /**
     * What the caller is told.
     *
     * @param stored how many are stored, from the first on
     * @param fault why the one after these is not stored; none if all are
     */
    record Outcome(int stored, @Nullable RuntimeException fault) {}

    ProducerRecord<String, byte[]> at(int place) {
        return records.get(place);
    }

    /** The place of the next one to send; empty if all are sent, or one has failed. */
    synchronized OptionalInt next() {
        return handedOut < limit ? OptionalInt.of(handedOut++) : OptionalInt.empty();
    }

    synchronized void stored(int place) {
        stored.set(place);
    }

    /** Whether a later one is on its way already and must be stopped. */
    synchronized boolean failed(int place, RuntimeException why) {
        if (place < limit) {
            limit = place;
            fault = why;
        }
        return place + 1 < handedOut;
    }

    /** Once, when all that precede the first failure are stored. */
    synchronized Optional<Outcome> outcome() {
        if (isTold || stored.nextClearBit(0) < limit) {
            return Optional.empty();
        }
        isTold = true;
        return Optional.of(new Outcome(limit, fault));
    }
}
