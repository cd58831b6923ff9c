package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an index answers a query.
 *
 * @param boundFields how many of the index's fields the filter bounds
 * @param equalFields how many of these it bounds by values
 * @param sorted whether the documents come in the order that the query asks for
 * @param positions of all documents that may match, each once, and found while one reads them; valid until the next write
 */
public record Access(int boundFields, int equalFields, boolean sorted, Iterable<Object> positions) {

    private static final Comparator<Access> BY_PREFERENCE = Comparator.comparingInt(Access::boundFields)
            .thenComparing(Access::sorted)
            .thenComparingInt(Access::equalFields);

    /** An index that may have an order. */
    interface Ordered {

        /** How this index answers the query, or null if it does not help. */
        @Nullable
        Access access(Query query);
    }

    /** A query as the indexes see it. */
    record Query(FilterBounds filter, SortOrder sort, boolean isLimited) {}

    /**
     * The best way to answer a query, or null if none is better than to read all documents: by a unique key, else by most
     * bound fields, and among these in the order of the sort.
     */
    public static @Nullable Access best(
            List<Index<Object>> indexes, Document filter, @Nullable Document orderBy, int limit) {
        Query query = new Query(FilterBounds.of(filter), SortOrder.of(orderBy), limit > 0);
        return indexes.stream()
                .filter(Index::isUnique)
                .map(index -> byUniqueKey(index, query.filter))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> indexes.stream()
                        .filter(Ordered.class::isInstance)
                        .map(Ordered.class::cast)
                        .map(index -> index.access(query))
                        .filter(Objects::nonNull)
                        .reduce((left, right) -> BY_PREFERENCE.compare(left, right) < 0 ? right : left))
                .orElse(null);
    }

    private static @Nullable Access byUniqueKey(Index<Object> index, FilterBounds filter) {
        List<Document> keys = List.of(new Document());
        int fields = index.getKeys().size();
        for (String field : index.getKeys().stream().map(key -> key.getKey()).toList()) {
            List<@Nullable Object> values = filter.valuesOf(field);
            if (values == null || !values.stream().allMatch(value -> isUniqueKey(value, fields))) {
                return null;
            }
            List<Document> longer = new ArrayList<>();
            for (Document key : keys) {
                values.forEach(value -> longer.add(key.clone().append(field, value)));
            }
            keys = longer;
        }
        Set<Object> positions = new LinkedHashSet<>();
        keys.forEach(key -> index.getPositions(key).forEach(positions::add));
        return new Access(fields, fields, false, positions);
    }

    /** Null also matches an absent field, and a compound index refuses to look a document up. */
    private static boolean isUniqueKey(@Nullable Object value, int fields) {
        return value != null && !(fields > 1 && value instanceof Document);
    }
}
