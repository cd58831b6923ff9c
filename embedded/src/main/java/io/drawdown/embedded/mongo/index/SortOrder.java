package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sort that a query asks for. */
record SortOrder(List<Key> keys) {

    record Key(String field, boolean ascending) {}

    static SortOrder of(@Nullable Document orderBy) {
        return orderBy == null
                ? new SortOrder(List.of())
                : new SortOrder(orderBy.entrySet().stream()
                        .map(key -> new Key(key.getKey(), isAscending(key.getValue())))
                        .toList());
    }

    boolean isAny() {
        return keys.isEmpty();
    }

    private static boolean isAscending(@Nullable Object direction) {
        return direction instanceof Number number && number.intValue() > 0;
    }
}
