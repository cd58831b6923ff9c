package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter requires of each field: {@code {a: 1, $and: [{b: {$in: [2, 3]}}, {c: {$gt: 4}}]}} requires 1 of {@code a}, 2
 * or 3 of {@code b}, and a range of {@code c}. Other conditions are left out, so a look-up by these finds a superset of what
 * the filter matches. The whole filter is applied to it afterwards.
 */
final class FilterBounds {

    /** With any other operator beside them, the server reads these in another way where the field is an array. */
    private static final Set<String> COMPARISONS = Set.of("$eq", "$in", "$gt", "$gte", "$lt", "$lte");

    private final Map<String, List<@Nullable Object>> valuesByField = new HashMap<>();
    private final Map<String, List<Range>> rangesByField = new HashMap<>();

    static FilterBounds of(Document filter) {
        FilterBounds bounds = new FilterBounds();
        bounds.read(filter);
        return bounds;
    }

    /** The values that the field may have, or null if the filter does not list them. */
    @Nullable
    List<@Nullable Object> valuesOf(String field) {
        return valuesByField.get(field);
    }

    /** The ranges that the field must satisfy, each on its own. */
    List<Range> rangesOf(String field) {
        return rangesByField.getOrDefault(field, List.of());
    }

    private void read(Document filter) {
        for (Map.Entry<String, Object> entry : filter.entrySet()) {
            if (entry.getKey().equals("$and") && entry.getValue() instanceof Collection<?> parts) {
                parts.stream()
                        .filter(Document.class::isInstance)
                        .map(Document.class::cast)
                        .forEach(this::read);
            } else if (!entry.getKey().startsWith("$")) {
                readCondition(entry.getKey(), entry.getValue());
            }
        }
    }

    private void readCondition(String field, @Nullable Object condition) {
        if (!(condition instanceof Document operators) || isPlain(operators)) {
            readValues(field, Collections.singletonList(condition));
        } else if (COMPARISONS.containsAll(operators.keySet())) {
            readComparisons(field, operators);
        }
    }

    private void readComparisons(String field, Document comparisons) {
        if (comparisons.containsKey("$eq")) {
            readValues(field, Collections.singletonList(comparisons.get("$eq")));
        }
        if (comparisons.get("$in") instanceof Collection<?> values) {
            readValues(field, Arrays.asList(values.toArray()));
        }
        Range range = Range.of(comparisons);
        if (range != null) {
            rangesByField.computeIfAbsent(field, absent -> new ArrayList<>()).add(range);
        }
    }

    private void readValues(String field, List<@Nullable Object> values) {
        if (values.stream().allMatch(FilterBounds::isValue)) {
            valuesByField.putIfAbsent(field, values);
        }
    }

    /** An array also matches an element, and a regular expression matches much. */
    private static boolean isValue(@Nullable Object value) {
        return !(value instanceof Collection<?>)
                && !(value instanceof BsonRegularExpression)
                && !(value instanceof Document document && !isPlain(document));
    }

    private static boolean isPlain(Document document) {
        return document.keySet().stream().noneMatch(key -> key.startsWith("$"));
    }
}
