package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.Missing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an index: an entry, or an edge of all entries that begin with the same values.
 *
 * @param id of the document of an entry
 */
record Place(List<@Nullable Object> values, Kind kind, Object id) {

    enum Kind {
        ENTRY,
        BEFORE,
        AFTER,
        /** Before all entries whose value is of the type of the last one here. */
        BEFORE_TYPE,
        AFTER_TYPE
    }

    static Place entry(List<@Nullable Object> values, Object id) {
        return new Place(values, Kind.ENTRY, id);
    }

    static Place edge(List<@Nullable Object> values, Kind kind) {
        return new Place(values, kind, Missing.getInstance());
    }

    static Place edge(List<@Nullable Object> prefix, @Nullable Object last, Kind kind) {
        List<@Nullable Object> values = new ArrayList<>(prefix);
        values.add(last);
        return edge(values, kind);
    }

    boolean isTypeAt(int field) {
        return (kind == Kind.BEFORE_TYPE || kind == Kind.AFTER_TYPE) && field == values.size() - 1;
    }

    boolean isBeforeAllAlike() {
        return kind == Kind.BEFORE || kind == Kind.BEFORE_TYPE;
    }

    boolean isAfterAllAlike() {
        return kind == Kind.AFTER || kind == Kind.AFTER_TYPE;
    }
}
