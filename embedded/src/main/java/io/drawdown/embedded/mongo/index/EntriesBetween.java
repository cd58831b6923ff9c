package io.drawdown.embedded.mongo.index;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one interval of an index, in the order of the index or backwards. If a field behind a free one has a range,
 * they are only those in this range: from an entry outside it, the way goes on with the next entry that may be in it.
 */
final class EntriesBetween implements Iterator<Place> {

    private final NavigableSet<Place> entries;
    private final Comparator<? super Place> order;
    private final Place last;
    private final IndexSearch search;
    private final boolean backwards;
    private Iterator<Place> rest;
    private @Nullable Place next;

    /** @param all entries of the index, in its order */
    EntriesBetween(NavigableSet<Place> all, IndexSearch search, IndexSearch.Interval interval, boolean backwards) {
        this.search = search;
        this.backwards = backwards;
        entries = backwards ? all.descendingSet() : all;
        order = Objects.requireNonNull(entries.comparator());
        last = backwards ? interval.from() : interval.to();
        rest = entries.tailSet(backwards ? interval.to() : interval.from(), true)
                .iterator();
        next = findNext();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Place next() {
        Place found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = findNext();
        return found;
    }

    private @Nullable Place findNext() {
        while (rest.hasNext()) {
            Place entry = rest.next();
            if (order.compare(entry, last) > 0) {
                return null;
            }
            Place onwards = whereToGoOn(entry);
            if (onwards == null) {
                return entry;
            }
            rest = entries.tailSet(onwards, true).iterator();
        }
        return null;
    }

    /** The edge from which to go on, or null if this entry is in the range. */
    private @Nullable Place whereToGoOn(Place entry) {
        IndexSearch.Gate gate = search.gate();
        if (gate == null) {
            return null;
        }
        IndexSearch.Interval open = gate.among(entry, search.fields());
        Place start = backwards ? open.to() : open.from();
        if (order.compare(entry, start) < 0) {
            return start;
        }
        Place end = backwards ? open.from() : open.to();
        return order.compare(entry, end) > 0
                ? Place.edge(gate.before(entry), backwards ? Place.Kind.BEFORE : Place.Kind.AFTER)
                : null;
    }
}
