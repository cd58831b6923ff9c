package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the values of an index's fields from documents. */
final class IndexedFields {

    private final List<FieldPath> paths;

    IndexedFields(List<String> fields) {
        paths = fields.stream().map(FieldPath::of).toList();
    }

    /**
     * What an index keeps of a document.
     *
     * @param keys the values of all fields, once per element of an array; empty if the index cannot order them
     */
    record Keys(List<List<@Nullable Object>> keys, boolean hasArray) {

        private static final Keys NONE = new Keys(List.of(), false);

        boolean areUnordered() {
            return keys.isEmpty();
        }

        boolean areMissing() {
            for (List<@Nullable Object> key : keys) {
                for (Object value : key) {
                    if (value != null) {
                        return false;
                    }
                }
            }
            return !keys.isEmpty();
        }
    }

    Keys keysOf(Document document) {
        List<@Nullable Object> values = follow(document);
        int arrays = 0;
        int arrayField = 0;
        boolean isCovered = true;
        for (int field = 0; field < values.size(); field++) {
            Object value = values.get(field);
            if (value instanceof Collection<?>) {
                arrays++;
                arrayField = field;
            } else {
                isCovered &= ValueOrder.covers(value);
            }
        }
        return switch (arrays) {
            case 0 -> isCovered ? new Keys(List.of(values), false) : Keys.NONE;
            case 1 -> keysOf(document, values, arrayField);
            default -> Keys.NONE;
        };
    }

    /** Every write asks this of every index. */
    boolean areSame(Document left, Document right) {
        for (FieldPath path : paths) {
            if (!Objects.equals(path.follow(left), path.follow(right))) {
                return false;
            }
        }
        return true;
    }

    boolean haveSeveralArrays(Document document) {
        int arrays = 0;
        for (FieldPath path : paths) {
            arrays += path.follow(document) instanceof Collection<?> ? 1 : 0;
        }
        return arrays > 1;
    }

    /** Whether the document has none of the fields, not even one without a value. */
    boolean areAbsent(Document document) {
        for (FieldPath path : paths) {
            if (!path.isAbsent(document)) {
                return false;
            }
        }
        return true;
    }

    private List<@Nullable Object> follow(Document document) {
        @Nullable Object[] values = new Object[paths.size()];
        for (int field = 0; field < values.length; field++) {
            values[field] = paths.get(field).follow(document);
        }
        return Arrays.asList(values);
    }

    /** An empty array counts as a missing value here. No bound finds it, but a search by the other fields does. */
    private Keys keysOf(Document document, List<@Nullable Object> values, int arrayField) {
        List<@Nullable Object> elements = new ArrayList<>();
        boolean complete = paths.get(arrayField).collect(document, elements);
        if (elements.isEmpty()) {
            elements.add(null);
        }
        List<List<@Nullable Object>> keys = elements.stream()
                .map(element -> {
                    List<@Nullable Object> key = new ArrayList<>(values);
                    key.set(arrayField, element);
                    return key;
                })
                .toList();
        boolean ordered = complete && keys.stream().flatMap(List::stream).allMatch(ValueOrder::covers);
        return ordered ? new Keys(keys, true) : Keys.NONE;
    }
}
