package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values between two bounds of one type. A range matches no value of another type than its bounds, so one bound is
 * enough.
 */
record Range(@Nullable Bound low, @Nullable Bound high) {

    record Bound(Object value, boolean inclusive) {}

    /** The range that comparisons require, or null if they bound nothing that an index can order. */
    static @Nullable Range of(Document comparisons) {
        Range range = new Range(
                stricter(true, bound(comparisons, "$gt", false), bound(comparisons, "$gte", true)),
                stricter(false, bound(comparisons, "$lt", false), bound(comparisons, "$lte", true)));
        return range.low == null && range.high == null ? null : range.ofOneType();
    }

    /** The range of one value, or null if there is not one. */
    static @Nullable Range around(Collection<@Nullable Object> values) {
        Object only = values.size() == 1 ? values.iterator().next() : null;
        return only == null ? null : new Range(new Bound(only, true), new Bound(only, true));
    }

    /** What is in all the ranges, or more if their types differ. */
    static Range intersection(Collection<Range> ranges) {
        return ranges.stream()
                .reduce((left, right) -> new Range(
                                stricter(true, left.low, right.low), stricter(false, left.high, right.high))
                        .ofOneType())
                .orElseThrow();
    }

    /** The edge before the first entry of this range among those that begin with the prefix. */
    Place from(List<@Nullable Object> prefix, boolean ascending) {
        Bound first = ascending ? low : high;
        return first == null
                ? Place.edge(prefix, anyValue(), Place.Kind.BEFORE_TYPE)
                : Place.edge(prefix, first.value, first.inclusive ? Place.Kind.BEFORE : Place.Kind.AFTER);
    }

    /** The edge after the last entry. */
    Place to(List<@Nullable Object> prefix, boolean ascending) {
        Bound last = ascending ? high : low;
        return last == null
                ? Place.edge(prefix, anyValue(), Place.Kind.AFTER_TYPE)
                : Place.edge(prefix, last.value, last.inclusive ? Place.Kind.AFTER : Place.Kind.BEFORE);
    }

    private Object anyValue() {
        if (low != null) {
            return low.value;
        }
        if (high != null) {
            return high.value;
        }
        throw new IllegalStateException("A range without a bound");
    }

    private Range ofOneType() {
        return low != null && high != null && ValueOrder.compareTypes(low.value, high.value) != 0
                ? new Range(low, null)
                : this;
    }

    private static @Nullable Bound bound(Document comparisons, String operator, boolean inclusive) {
        Object value = comparisons.get(operator);
        return value != null && ValueOrder.covers(value) ? new Bound(value, inclusive) : null;
    }

    private static @Nullable Bound stricter(boolean low, @Nullable Bound left, @Nullable Bound right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        int order = ValueOrder.compare(left.value, right.value);
        if (order == 0) {
            return left.inclusive ? right : left;
        }
        return order > 0 == low ? left : right;
    }
}
