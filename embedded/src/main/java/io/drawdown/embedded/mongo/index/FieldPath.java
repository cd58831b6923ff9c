package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of an indexed field: {@code a.b} is the field {@code b} of the document, or of each document, in {@code a}. */
record FieldPath(List<String> names) {

    static FieldPath of(String field) {
        return new FieldPath(List.of(field.split("\\.")));
    }

    /** The value at the end of the path, the first array on it, or null if there is neither. */
    @Nullable
    Object follow(Document document) {
        Object value = document;
        for (String name : names) {
            if (!(value instanceof Document inner)) {
                return value instanceof Collection<?> ? value : null;
            }
            value = inner.get(name);
        }
        return value;
    }

    /** Whether the document has no such field. It counts as present where an array is on the path. */
    boolean isAbsent(Document document) {
        Object value = document;
        for (String name : names) {
            if (!(value instanceof Document inner)) {
                return !(value instanceof Collection<?>);
            }
            if (!inner.containsKey(name)) {
                return true;
            }
            value = inner.get(name);
        }
        return false;
    }

    /**
     * Finds the values that a filter compares with, one by one, where an array is on the path.
     *
     * @return false if a filter may find others too
     */
    boolean collect(Document document, List<@Nullable Object> found) {
        return collect(document, 0, found);
    }

    private boolean collect(@Nullable Object value, int depth, List<@Nullable Object> found) {
        if (depth == names.size()) {
            found.addAll(value instanceof Collection<?> elements ? elements : Collections.singletonList(value));
            return true;
        }
        if (value instanceof Document document) {
            return collect(document.get(names.get(depth)), depth + 1, found);
        }
        if (value instanceof Collection<?> elements) {
            return !isPosition(names.get(depth))
                    && elements.stream().allMatch(element -> collectFromElement(element, depth, found));
        }
        found.add(null);
        return true;
    }

    private boolean collectFromElement(@Nullable Object element, int depth, List<@Nullable Object> found) {
        return !(element instanceof Collection<?>) && collect(element, depth, found);
    }

    private static boolean isPosition(String name) {
        return name.chars().allMatch(Character::isDigit);
    }
}
