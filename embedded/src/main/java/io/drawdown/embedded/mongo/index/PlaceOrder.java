package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of an index: by the values of its fields, each ascending or descending, then by the ids of the documents. */
final class PlaceOrder implements Comparator<Place> {

    private final List<IndexKey> fields;
    private final Comparator<Object> ids;

    PlaceOrder(List<IndexKey> fields, Comparator<Object> ids) {
        this.fields = fields;
        this.ids = ids;
    }

    @Override
    public int compare(Place left, Place right) {
        int common = Math.min(left.values().size(), right.values().size());
        for (int field = 0; field < common; field++) {
            int order = compareAt(field, left, right);
            if (order != 0) {
                return order;
            }
        }
        if (left.isBeforeAllAlike() || right.isAfterAllAlike()) {
            return -1;
        }
        if (left.isAfterAllAlike() || right.isBeforeAllAlike()) {
            return 1;
        }
        return ids.compare(left.id(), right.id());
    }

    /** The order of entries by some fields, and by their ids where these are equal. */
    Comparator<Place> by(List<Integer> some, boolean backwards) {
        return (left, right) -> {
            for (int field : some) {
                int order = compareAt(field, left, right);
                if (order != 0) {
                    return backwards ? -order : order;
                }
            }
            return ids.compare(left.id(), right.id());
        };
    }

    private int compareAt(int field, Place left, Place right) {
        @Nullable Object first = left.values().get(field);
        @Nullable Object second = right.values().get(field);
        int order = left.isTypeAt(field) || right.isTypeAt(field)
                ? ValueOrder.compareTypes(first, second)
                : ValueOrder.compare(first, second);
        return fields.get(field).isAscending() ? order : -order;
    }
}
