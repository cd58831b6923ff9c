package io.drawdown.embedded.mongo.index;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges ordered sequences of entries into one that is ordered too, and reads only as far as it is read. */
final class MergedEntries implements Iterator<Place> {

    private final PriorityQueue<Sequence> sequences;

    private record Sequence(Place head, Iterator<Place> rest) {}

    MergedEntries(List<Iterator<Place>> ordered, Comparator<Place> order) {
        sequences = new PriorityQueue<>(Comparator.comparing(Sequence::head, order));
        ordered.forEach(this::enqueue);
    }

    @Override
    public boolean hasNext() {
        return !sequences.isEmpty();
    }

    @Override
    public Place next() {
        Sequence first = sequences.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        enqueue(first.rest);
        return first.head;
    }

    private void enqueue(Iterator<Place> entries) {
        if (entries.hasNext()) {
            sequences.add(new Sequence(entries.next(), entries));
        }
    }
}
