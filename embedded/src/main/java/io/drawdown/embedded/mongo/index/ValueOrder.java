package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the server sorts values. It covers only values for which that order is total, and for which equal in
 * order means equal to a filter. It does not cover documents, arrays, regular expressions, decimals, NaN and infinity, nor
 * a fraction beyond 2^31, which the server takes for equal to some whole numbers.
 */
final class ValueOrder {

    private static final int NOT_COVERED = -1;
    private static final double LARGEST_FRACTION = 1L << 31;

    private ValueOrder() {}

    static boolean covers(@Nullable Object value) {
        return typeOf(value) != NOT_COVERED;
    }

    /** Compares two covered values. The server's own comparison is slow, so the usual cases do not ask it. */
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return 0;
        }
        if (left instanceof String text && right instanceof String other) {
            return text.compareTo(other);
        }
        if (left instanceof Instant time && right instanceof Instant other) {
            return time.compareTo(other);
        }
        int types = compareTypes(left, right);
        return types != 0 ? types : ValueComparator.asc().compare(left, right);
    }

    /** Compares the types of two covered values: all numbers are of one type, and null is of the type of a missing field. */
    static int compareTypes(@Nullable Object left, @Nullable Object right) {
        return Integer.compare(typeOf(left), typeOf(right));
    }

    private static int typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Missing missing -> 0;
            case Integer number -> 1;
            case Long number -> 1;
            case Double number when isExact(number) -> 1;
            case String text -> 2;
            case BinData bytes -> 3;
            case LegacyUUID id -> 4;
            case UUID id -> 5;
            case ObjectId id -> 6;
            case Boolean truth -> 7;
            case Instant time -> 8;
            case BsonTimestamp time -> 9;
            default -> NOT_COVERED;
        };
    }

    private static boolean isExact(double number) {
        return number == (long) number || Math.abs(number) < LARGEST_FRACTION;
    }
}
