package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a filter requires of each field: {@code {a: 1, $and: [{b: {$in: [2, 3]}}]}} requires 1 of {@code a} and 2
 * or 3 of {@code b}. Conditions other than plain equality are left out, so these values find a superset of what the filter
 * matches. The whole filter is applied to it afterwards.
 */
final class FilterEqualities {

    private final Map<String, List<Object>> valuesByField = new HashMap<>();

    static FilterEqualities of(Document filter) {
        FilterEqualities equalities = new FilterEqualities();
        equalities.read(filter);
        return equalities;
    }

    /** The values that the field may have, or null if the filter does not bind it. */
    @Nullable
    List<Object> valuesOf(String field) {
        return valuesByField.get(field);
    }

    private void read(Document filter) {
        for (Map.Entry<String, Object> entry : filter.entrySet()) {
            if (entry.getKey().equals("$and") && entry.getValue() instanceof Collection<?> parts) {
                parts.forEach(part -> read((Document) part));
            } else if (!entry.getKey().startsWith("$")) {
                readCondition(entry.getKey(), entry.getValue());
            }
        }
    }

    private void readCondition(String field, @Nullable Object condition) {
        if (condition instanceof Document operators && !isPlain(operators)) {
            if (isIndexable(operators.get("$eq"))) {
                valuesByField.putIfAbsent(field, List.of(operators.get("$eq")));
            } else if (operators.get("$in") instanceof Collection<?> values
                    && values.stream().allMatch(FilterEqualities::isIndexable)) {
                valuesByField.putIfAbsent(field, List.copyOf(values));
            }
        } else if (condition != null && isIndexable(condition)) {
            valuesByField.putIfAbsent(field, List.of(condition));
        }
    }

    /** Null also matches an absent field, and an array also matches an element, so both need a scan. */
    private static boolean isIndexable(@Nullable Object value) {
        return value != null
                && !(value instanceof Collection<?>)
                && !(value instanceof BsonRegularExpression)
                && !(value instanceof Document document && !isPlain(document));
    }

    private static boolean isPlain(Document document) {
        return document.keySet().stream().noneMatch(key -> key.startsWith("$"));
    }
}
