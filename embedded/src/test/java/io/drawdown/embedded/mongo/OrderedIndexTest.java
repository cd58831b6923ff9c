package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an index finds, and how many documents are read for it. */
class OrderedIndexTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 8_192;
    private static final int FEW = 1_000;
    private static final Document WAITING = new Document("type", "x")
            .append("state", "waiting")
            .append("runAt", new Document("$lte", NOW.plusSeconds(MANY / 2)));

    private final Twins twins = new Twins();

    @Test
    void sweepReadsNothingWhenNothingIsDue() {
        // Given
        twins.index(true, fields("money.dueAt"));
        IntStream.range(0, 50_000)
                .forEach(n -> twins.insertIndexed(
                        new Document("_id", id(n)).append("money", new Document("dueAt", NOW.plusSeconds(n + 1)))));

        // When
        Twins.Query due = query(new Document("money.dueAt", new Document("$lte", NOW)), fields("money.dueAt"));

        // Then
        assertThat(twins.examinedBy(due.page(0, 100))).isZero();
        assertThat(twins.examinedBy(due)).isZero();
        twins.insertIndexed(new Document("_id", "due").append("money", new Document("dueAt", NOW)));
        assertThat(twins.find(due.page(0, 100))).extracting("_id").containsExactly("due");
        assertThat(twins.examinedBy(due.page(0, 100))).isOne();
    }

    @Test
    void sortedPageReadsOnlyItsDocumentsAndThoseBeforeIt() {
        // Given
        insertTasks(MANY);
        twins.index(false, fields("type", "state", "priority", "runAt"));
        Twins.Query first = query(WAITING, fields("priority", "runAt"));
        Twins.Query last = query(WAITING, new Document("priority", -1).append("runAt", -1));

        // When, Then
        assertThat(twins.examinedBy(first.page(0, 10))).isEqualTo(10);
        assertThat(twins.examinedBy(first.page(20, 10))).isEqualTo(30);
        assertThat(twins.examinedBy(last.page(0, 10))).isEqualTo(10);
        twins.assertSame(first);
        twins.assertSame(last);
        twins.assertSamePages(first, 500);
        twins.assertSamePages(last, 500);
    }

    @Test
    void rangeBehindAFreeFieldReadsNoDocumentOutsideIt() {
        // Given
        insertTasks(FEW);
        twins.index(false, fields("type", "state", "priority", "runAt"));
        Document noneDue = WAITING.clone().append("runAt", new Document("$lt", NOW));

        // When
        Twins.Query query = query(noneDue, fields("priority", "runAt"));

        // Then
        assertThat(twins.examinedBy(query.page(0, 10))).isZero();
        assertThat(twins.examinedBy(query)).isZero();
    }

    @Test
    void partsOfSeveralValuesAreMergedInTheOrderOfTheSort() {
        // Given
        insertTasks(FEW);
        twins.index(false, fields("type", "state", "runAt"));
        Document someTypes = new Document("type", new Document("$in", List.of("x", "y", "none", "x")))
                .append("state", new Document("$in", Arrays.asList("waiting", null)));
        twins.update(byId(3), new Document("$unset", new Document("state", 1)));

        // When
        Twins.Query first = query(someTypes, fields("runAt"));
        Twins.Query last = query(someTypes, new Document("runAt", -1));

        // Then
        assertThat(twins.examinedBy(first.page(0, 10))).isEqualTo(10);
        assertThat(twins.examinedBy(last.page(5, 10))).isEqualTo(15);
        twins.assertSame(first);
        twins.assertSamePages(last, 500);
    }

    @Test
    void indexMayDescendAndServesOnlySortsAlongOrAgainstIt() {
        // Given
        insertTasks(FEW);
        twins.index(false, new Document("type", 1).append("priority", -1).append("runAt", 1));
        Document ofType = new Document("type", "x").append("priority", new Document("$gte", 1));

        // When
        Twins.Query along = query(ofType, new Document("priority", -1).append("runAt", 1));
        Twins.Query against = query(ofType, new Document("priority", 1).append("runAt", -1));
        Twins.Query across = query(ofType, fields("priority", "runAt"));

        // Then
        assertThat(twins.examinedBy(along.page(0, 10))).isEqualTo(10);
        assertThat(twins.examinedBy(against.page(0, 10))).isEqualTo(10);
        assertThat(twins.examinedBy(across.page(0, 10)))
                .isEqualTo(twins.find(across).size());
        List.of(along, against, across).forEach(twins::assertSame);
    }

    @Test
    void mostBoundFieldsDecideAndThenTheSort() {
        // Given
        insertTasks(FEW);
        twins.index(false, fields("state"));
        twins.index(false, fields("type", "runAt"));
        twins.index(false, fields("type", "priority"));

        // When
        Document bound = new Document("type", "x").append("state", "waiting").append("runAt", NOW.plusSeconds(2));

        // Then
        assertThat(twins.examinedBy(query(bound, null))).isEqualTo(1);
        assertThat(twins.examinedBy(
                        query(new Document("type", "x"), fields("priority")).page(0, 5)))
                .isEqualTo(5);
        assertThat(twins.examinedBy(
                        query(new Document("type", "x"), fields("runAt")).page(0, 5)))
                .isEqualTo(5);
    }

    @Test
    void pagesByIdAreReadInTheOrderOfTheMap() {
        // Given
        insertTasks(MANY);
        Twins.Query after = query(new Document("_id", new Document("$gt", id(1_000))), fields("_id"));
        Twins.Query before = query(new Document("_id", new Document("$lt", id(1_000))), new Document("_id", -1));
        Twins.Query all = query(new Document("state", "waiting"), fields("_id"));
        Twins.Query impossible =
                query(new Document("_id", new Document("$gt", id(2_000)).append("$lt", id(1_000))), fields("_id"));

        // When, Then
        assertThat(twins.examinedBy(after.page(0, 100))).isLessThanOrEqualTo(101);
        assertThat(twins.examinedBy(before.page(0, 100))).isLessThanOrEqualTo(101);
        assertThat(twins.examinedBy(all.page(0, 1))).isLessThan(5);
        assertThat(twins.examinedBy(impossible)).isZero();
        List.of(after, before, all, impossible).forEach(twins::assertSame);
        twins.insert(new Document("_id", 7).append("state", "waiting"));
        twins.insert(new Document("_id", "\uD83D\uDE00").append("state", "waiting"));
        twins.insert(new Document("_id", "\uFFFD").append("state", "waiting"));
        List.of(after, before, all, impossible).forEach(twins::assertSame);
        twins.assertSamePages(all, 700);
    }

    @Test
    void documentWithAnArrayIsFoundUnderEachElementAndSortedAsByAScan() {
        // Given
        twins.index(false, fields("tags", "rank"));
        insert(1_000, n -> new Document("tags", n % 2).append("rank", n));
        twins.insert(new Document("_id", "several")
                .append("tags", Arrays.asList(1, "red", 9, 9, null))
                .append("rank", 3));
        twins.insert(new Document("_id", "none").append("tags", List.of()).append("rank", 4));
        twins.insert(new Document("_id", "nested")
                .append("tags", List.of(List.of("red")))
                .append("rank", 5));

        // When
        Twins.Query red = query(new Document("tags", "red"), fields("rank"));
        Twins.Query between = query(
                new Document("$and", List.of(tags("$gt", 5), tags("$lt", 2), tags("$in", List.of("red", 8)))), null);
        Twins.Query within = query(new Document("$and", List.of(tags("$gt", 5), tags("$lt", 2))), null);

        // Then
        assertThat(twins.find(red)).extracting("_id").containsExactly("several");
        assertThat(twins.examinedBy(red)).isEqualTo(2);
        assertThat(twins.find(within)).extracting("_id").containsExactly("several");
        List.of(red, between, within).forEach(twins::assertSame);
        twins.assertSame(query(new Document(), fields("tags", "rank")));
        twins.assertSamePages(query(tags("$gte", 0), new Document("tags", -1).append("rank", 1)), 100);
        List.of("several", "none", "nested").forEach(each -> twins.delete(new Document("_id", each)));
        assertThat(twins.examinedBy(
                        query(new Document(), fields("tags", "rank")).page(0, 3)))
                .isEqualTo(3);
    }

    @Test
    void documentsWithinAnArrayAreFoundAsByAScan() {
        // Given
        twins.index(false, fields("a.b"));
        Document one = new Document("b", 1);
        twins.insert(new Document("_id", "flat").append("a", List.of(one, new Document("b", List.of(7, 8)), 5)));
        twins.insert(new Document("_id", "nested").append("a", List.of(List.of(one))));
        twins.insert(new Document("_id", "plain").append("a", new Document("b", 8)));

        // When
        Twins.Query ones = query(new Document("a.b", 1), null);
        Twins.Query unlike = query(new Document("a.b", new Document("$gt", 9).append("$ne", 3)), null);

        // Then
        assertThat(twins.find(ones)).extracting("_id").containsExactlyInAnyOrder("flat", "nested");
        assertThat(twins.find(query(new Document("a.b", 8), null)))
                .extracting("_id")
                .contains("flat", "plain");
        List.of(ones, unlike, query(new Document("a.b", null), null)).forEach(twins::assertSame);
    }

    @Test
    void positionInAnArrayIsFoundAsByAScan() {
        // Given
        twins.index(false, fields("a.0", "b"));
        twins.insert(new Document("_id", id(1)).append("a", List.of(5, 6)).append("b", 1));
        twins.insert(
                new Document("_id", id(2)).append("a", new Document("0", 5)).append("b", 2));

        // When
        Twins.Query five = query(new Document("a.0", 5), fields("b"));

        // Then
        assertThat(twins.find(five)).hasSize(2);
        twins.assertSame(five);
    }

    @Test
    void naturalOrderIsThatOfAScan() {
        // Given
        twins.index(false, fields("state"));
        insert(10, n -> new Document("state", "waiting").append("n", n));

        // When
        Twins.Query backwards = query(new Document("state", "waiting"), new Document("$natural", -1));

        // Then
        assertThat(twins.find(backwards.page(0, 2))).extracting("_id").containsExactly(id(9), id(8));
    }

    @Test
    void numbersOfAllTypesAreEqualInAnIndex() {
        // Given
        twins.index(false, fields("n", "m"));
        List<Number> numbers = List.of(2, 2L, 2.0, 2.5, 3, (1L << 53) + 1, (double) (1L << 53), 0, -0.0);
        for (int n = 0; n < numbers.size(); n++) {
            twins.insert(new Document("_id", id(n)).append("n", numbers.get(n)).append("m", n));
        }

        // When
        Twins.Query two = query(new Document("n", 2.0), fields("m"));

        // Then
        assertThat(twins.find(two)).extracting("_id").containsExactly(id(0), id(1), id(2));
        assertThat(twins.examinedBy(two)).isEqualTo(3);
        numbers.forEach(number -> {
            twins.assertSame(query(new Document("n", number), fields("m")));
            twins.assertSame(query(new Document("n", new Document("$gt", number)), fields("n")));
        });
    }

    @Test
    void missingFieldIsNullInAnIndexAndAbsentFromASparseOne() {
        // Given
        twins.index(true, fields("due"));
        twins.index(false, fields("owner", "due"));
        insert(100, n -> n < 50 ? new Document("owner", "a") : new Document("due", n % 60));
        twins.update(byId(7), new Document("$set", new Document("due", null)));

        // When, Then
        assertThat(twins.examinedBy(
                        query(new Document("owner", null), fields("due")).page(0, 5)))
                .isEqualTo(5);
        assertThat(twins.examinedBy(query(new Document("due", new Document("$gte", 55)), fields("due"))))
                .isEqualTo(5);
        twins.assertSame(query(new Document("due", null), null));
        twins.assertSame(query(new Document("due", new Document("$in", Arrays.asList(null, 55))), fields("due")));
        twins.assertSamePages(query(new Document(), fields("due")), 9);
        twins.assertSamePages(query(new Document("owner", null), fields("due")), 9);
    }

    @Test
    void equalDocumentsComeByIdAndEachOnOnePage() {
        // Given
        twins.index(false, fields("state", "priority"));
        insert(100, n -> new Document("state", "waiting").append("priority", 1));

        // When
        Twins.Query all = query(new Document("state", "waiting"), fields("priority"));

        // Then
        assertThat(twins.find(all.page(30, 3))).extracting("_id").containsExactly(id(30), id(31), id(32));
        twins.assertSamePages(all, 7);
        twins.assertSamePages(query(all.filter(), new Document("priority", -1)), 7);
    }

    @Test
    void arraysThatDoNotBelongTogetherAreRefusedBeforeAnythingIsWritten() {
        // Given
        twins.index(false, fields("a", "b"));
        Document parallel =
                new Document("_id", id(1)).append("a", List.of(1, 2)).append("b", List.of(3, 4));

        // When, Then
        assertThatThrownBy(() -> twins.insertIndexed(parallel)).hasMessageContaining("cannot index parallel arrays");
        assertThat(twins.size()).isZero();
    }

    private void insertTasks(int count) {
        insert(count, n -> new Document("type", n % 3 == 0 ? "y" : "x")
                .append("state", n % 7 == 0 ? "done" : "waiting")
                .append("priority", n % 4)
                .append("runAt", NOW.plusSeconds(n)));
    }

    private void insert(int count, IntFunction<Document> rest) {
        IntStream.range(0, count).forEach(n -> {
            Document document = new Document("_id", id(n));
            document.putAll(rest.apply(n));
            twins.insert(document);
        });
    }

    private static Twins.Query query(Document filter, @Nullable Document sort) {
        return Twins.Query.of(filter, sort);
    }

    private static Document tags(String operator, Object value) {
        return new Document("tags", new Document(operator, value));
    }

    private static Document fields(String... names) {
        Document fields = new Document();
        Arrays.stream(names).forEach(name -> fields.put(name, 1));
        return fields;
    }

    private static Document byId(int n) {
        return new Document("_id", id(n));
    }

    private static String id(int n) {
        return "id-%05d".formatted(n);
    }
}
