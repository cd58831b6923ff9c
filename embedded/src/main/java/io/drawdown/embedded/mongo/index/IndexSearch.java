package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of an index in which a filter's matches are: the first fields have certain values, the next one may have a range,
 * and after some free fields one more may have a range.
 *
 * @param values what each of the first fields may be
 * @param prefixes the combinations of these values
 * @param range of the next field
 * @param gate the range of a field behind free ones
 */
record IndexSearch(
        List<IndexKey> fields,
        List<Collection<@Nullable Object>> values,
        List<List<@Nullable Object>> prefixes,
        @Nullable Range range,
        @Nullable Gate gate) {

    private static final int MOST_COMBINATIONS = 10_000;

    record Interval(Place from, Place to) {}

    /** The range of a field of which the fields before are free. */
    record Gate(int field, Range range) {

        /** The interval of the entries in this range that have the same values before it as the given one. */
        Interval among(Place entry, List<IndexKey> fields) {
            List<@Nullable Object> before = before(entry);
            boolean ascending = fields.get(field).isAscending();
            return new Interval(range.from(before, ascending), range.to(before, ascending));
        }

        List<@Nullable Object> before(Place entry) {
            return entry.values().subList(0, field);
        }
    }

    /** In which direction to read, and the fields by which the entries are then sorted. */
    record Walk(boolean backwards, List<Integer> sorted) {
        static final Walk ANY = new Walk(false, List.of());
    }

    /** @param hasArrays whether an entry may stand for one element of an array */
    static IndexSearch of(List<IndexKey> fields, FilterBounds filter, boolean hasArrays) {
        List<Collection<@Nullable Object>> values = new ArrayList<>();
        List<List<@Nullable Object>> prefixes = List.of(List.of());
        for (IndexKey field : fields) {
            Collection<@Nullable Object> wanted = ordered(filter.valuesOf(field.getKey()));
            if (wanted == null || (!values.isEmpty() && prefixes.size() * wanted.size() > MOST_COMBINATIONS)) {
                break;
            }
            values.add(wanted);
            prefixes = extend(prefixes, wanted);
        }
        Range range = values.size() < fields.size()
                ? range(filter.rangesOf(fields.get(values.size()).getKey()), hasArrays)
                : null;
        int free = values.size() + (range == null ? 0 : 1);
        return new IndexSearch(fields, values, prefixes, range, hasArrays ? null : gate(fields, filter, free));
    }

    private static @Nullable Gate gate(List<IndexKey> fields, FilterBounds filter, int firstFree) {
        for (int field = firstFree; field < fields.size(); field++) {
            String name = fields.get(field).getKey();
            Collection<@Nullable Object> wanted = ordered(filter.valuesOf(name));
            Range range = wanted == null ? range(filter.rangesOf(name), false) : Range.around(wanted);
            if (range != null) {
                return new Gate(field, range);
            }
        }
        return null;
    }

    int equalFields() {
        return values.size();
    }

    /** How many fields are bound, counting one behind free fields only if the first field is bound. */
    int boundFields() {
        int first = values.size() + (range == null ? 0 : 1);
        return first == 0 || gate == null ? first : first + 1;
    }

    /** Whether every match has a value in one of the bound fields. */
    boolean excludesMissing() {
        return range != null
                || gate != null
                || values.stream().anyMatch(each -> each.stream().noneMatch(Objects::isNull));
    }

    List<Interval> intervals() {
        return prefixes.stream().map(this::interval).toList();
    }

    private Interval interval(List<@Nullable Object> prefix) {
        if (range == null) {
            return new Interval(Place.edge(prefix, Place.Kind.BEFORE), Place.edge(prefix, Place.Kind.AFTER));
        }
        boolean ascending = fields.get(prefix.size()).isAscending();
        return new Interval(range.from(prefix, ascending), range.to(prefix, ascending));
    }

    /**
     * How to read the entries so that they come as the sort asks, or null if the index has another order. A field with one
     * value sorts nothing, and one with some values needs no sort either, for the parts are merged.
     */
    @Nullable
    Walk walk(SortOrder sort) {
        List<Integer> sorted = new ArrayList<>();
        Boolean backwards = null;
        int field = 0;
        for (SortOrder.Key key : sort.keys()) {
            if (hasOneValue(key.field())) {
                continue;
            }
            while (field < equalFields() && !isAt(field, key)) {
                field++;
            }
            if (field == fields.size() || !isAt(field, key)) {
                return null;
            }
            boolean reversed = key.ascending() != fields.get(field).isAscending();
            if (backwards != null && backwards != reversed) {
                return null;
            }
            backwards = reversed;
            sorted.add(field++);
        }
        return new Walk(backwards != null && backwards, sorted);
    }

    private boolean isAt(int field, SortOrder.Key key) {
        return fields.get(field).getKey().equals(key.field());
    }

    private boolean hasOneValue(String name) {
        for (int field = 0; field < equalFields(); field++) {
            if (fields.get(field).getKey().equals(name)) {
                return values.get(field).size() == 1;
            }
        }
        return false;
    }

    /** The different values, or null if the index cannot order them. */
    private static @Nullable Collection<@Nullable Object> ordered(@Nullable List<@Nullable Object> values) {
        if (values == null || !values.stream().allMatch(ValueOrder::covers)) {
            return null;
        }
        Collection<@Nullable Object> different = new TreeSet<>(ValueOrder::compare);
        different.addAll(values);
        return different;
    }

    /** Several ranges may be satisfied by different elements of an array. */
    private static @Nullable Range range(List<Range> ranges, boolean hasArrays) {
        if (ranges.isEmpty()) {
            return null;
        }
        return hasArrays ? ranges.getFirst() : Range.intersection(ranges);
    }

    private static List<List<@Nullable Object>> extend(
            List<List<@Nullable Object>> prefixes, Collection<@Nullable Object> values) {
        List<List<@Nullable Object>> extended = new ArrayList<>();
        for (List<@Nullable Object> prefix : prefixes) {
            for (@Nullable Object value : values) {
                List<@Nullable Object> longer = new ArrayList<>(prefix);
                longer.add(value);
                extended.add(longer);
            }
        }
        return extended;
    }
}
