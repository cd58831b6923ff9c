package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random documents, filters, sorts and indexes over a few fields and values, so that much is equal. */
final class RandomThings {

    private static final int IDS = 100;
    private static final List<String> FIELDS = List.of("a", "b", "c.d", "e");

    private static final List<@Nullable Object> PLAIN = Arrays.asList(
            null,
            1,
            1L,
            1.0,
            2,
            2.5,
            -0.0,
            0,
            -7,
            3_000_000_000L,
            3_000_000_000.0,
            (1L << 53) + 1,
            9.007199254740992E15,
            "",
            "a",
            "b",
            "b\0",
            "\uD83D\uDE00",
            "\uFFFD",
            true,
            false,
            Instant.EPOCH,
            Instant.ofEpochMilli(5),
            new ObjectId("000000000000000000000001"),
            new ObjectId("ff0000000000000000000001"),
            new UUID(1, 2),
            new UUID(-1, 2),
            new BinData(new byte[] {1}),
            new BinData(new byte[] {-1}));

    /** The server sorts these, but by rules of their own. */
    private static final List<@Nullable Object> ODD = Arrays.asList(
            new Decimal128(new BigDecimal("2.5")),
            new Decimal128(new BigDecimal("1")),
            Double.POSITIVE_INFINITY,
            new Document("x", 1),
            new Document("x", 2).append("y", 1),
            new Document());

    /** The server has no consistent order for these, nor for an empty array. */
    private static final List<@Nullable Object> UNSORTABLE =
            Arrays.asList(Double.NaN, 3_000_000_000.5, 3_000_000_000.25, new Document("x", null));

    enum Profile {
        PLAIN,
        ODD,
        ARRAYS,
        UNSORTABLE
    }

    private final Random random;
    private final Profile profile;
    private final boolean hasArrays;
    private final boolean mixedIds;
    private final boolean arrayOnTheWay;

    RandomThings(Random random, Profile profile) {
        this.random = random;
        this.profile = profile;
        hasArrays = profile == Profile.ARRAYS || (profile == Profile.UNSORTABLE && random.nextBoolean());
        mixedIds = random.nextInt(3) == 0;
        arrayOnTheWay = random.nextBoolean();
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int upTo(int most) {
        return random.nextInt(most) + 1;
    }

    Object id() {
        int number = random.nextInt(IDS);
        return mixedIds && number % 3 == 0 ? (Object) number : "id-" + number;
    }

    Document document(Object id) {
        Document document = new Document("_id", id);
        for (String field : List.of("a", "b", "e")) {
            if (!chance(20)) {
                document.put(field, field.equals("b") && !arrayOnTheWay ? maybeArray() : value());
            }
        }
        if (!chance(20)) {
            document.put("c", inner());
        }
        return document;
    }

    private @Nullable Object inner() {
        if (chance(10)) {
            return value();
        }
        if (hasArrays && arrayOnTheWay && chance(60)) {
            return listOf(() -> chance(90) ? new Document("d", maybeArray()) : chance(50) ? value() : nested());
        }
        return chance(10) ? new Document() : new Document("d", value());
    }

    private Object nested() {
        return listOf(() -> new Document("d", value()));
    }

    private @Nullable Object maybeArray() {
        return hasArrays && chance(60)
                ? listOf(() -> chance(95) ? value() : new ArrayList<>(List.of(1, "a")))
                : value();
    }

    private List<@Nullable Object> listOf(Supplier<@Nullable Object> element) {
        List<@Nullable Object> list = new ArrayList<>();
        int least = profile == Profile.UNSORTABLE ? 0 : 1;
        IntStream.range(0, least + random.nextInt(3)).forEach(n -> list.add(element.get()));
        return list;
    }

    private @Nullable Object value() {
        if (profile == Profile.ODD && chance(5)) {
            return copy(pick(ODD));
        }
        if (profile == Profile.UNSORTABLE && chance(20)) {
            return copy(pick(chance(50) ? ODD : UNSORTABLE));
        }
        return chance(60) ? (Object) random.nextInt(6) : pick(PLAIN);
    }

    private static @Nullable Object copy(@Nullable Object value) {
        return value instanceof Document document ? document.cloneDeeply() : value;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    Document update() {
        String field = pick(List.of("a", "e", "other"));
        return switch (random.nextInt(4)) {
            case 0 -> new Document("$unset", new Document(field, 1));
            case 1 -> new Document("$set", new Document("c", inner()));
            default -> new Document("$set", new Document(field, value()));
        };
    }

    Document filter() {
        Document filter = new Document();
        List<Document> also = new ArrayList<>();
        for (String field : fields(random.nextInt(4))) {
            filter.put(field, condition());
            if (chance(40)) {
                also.add(new Document(field, condition()));
            }
        }
        if (chance(15)) {
            filter.put("_id", range(() -> chance(90) ? "id-" + random.nextInt(IDS) : random.nextInt(IDS)));
        }
        if (chance(10)) {
            also.add(new Document("$or", List.of(new Document("a", condition()), new Document("b", condition()))));
        }
        return also.isEmpty() ? filter : filter.append("$and", also);
    }

    private @Nullable Object condition() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> value();
            case 3 -> new Document("$in", listOf(this::value));
            case 4 -> new Document("$eq", value());
            case 5 -> new Document("$ne", value()).append(chance(50) ? "$gt" : "$lte", value());
            case 6 -> new Document("$exists", chance(50)).append("$lt", value());
            default -> range(this::value);
        };
    }

    private Document range(Supplier<@Nullable Object> bound) {
        Document range = new Document();
        if (chance(70)) {
            range.put(chance(50) ? "$gt" : "$gte", bound.get());
        }
        if (range.isEmpty() || chance(50)) {
            range.put(chance(50) ? "$lt" : "$lte", bound.get());
        }
        return range;
    }

    @Nullable
    Document sort() {
        if (profile == Profile.UNSORTABLE || chance(20)) {
            return chance(30) ? new Document("_id", chance(50) ? 1 : -1) : null;
        }
        return directions(upTo(3));
    }

    Document directions(int count) {
        Document directions = new Document();
        fields(count).forEach(field -> directions.put(field, chance(70) ? 1 : -1));
        if (chance(20)) {
            directions.put("_id", chance(70) ? 1 : -1);
        }
        return directions;
    }

    private List<String> fields(int count) {
        List<String> fields = new ArrayList<>(FIELDS);
        Collections.shuffle(fields, random);
        return fields.subList(0, count);
    }
}
