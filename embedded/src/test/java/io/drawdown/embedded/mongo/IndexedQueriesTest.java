package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the documents, indexes and queries are: an index finds what a scan finds, in the same order. */
class IndexedQueriesTest {

    private static final int STEPS = 150;

    static Stream<Arguments> histories() {
        return Stream.of(RandomThings.Profile.values())
                .flatMap(profile ->
                        new Random(11).ints(12, 0, Integer.MAX_VALUE).mapToObj(seed -> Arguments.of(profile, seed)));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void indexFindsWhatAScanFinds(RandomThings.Profile profile, int seed) {
        // Given
        RandomThings things = new RandomThings(new Random(seed), profile);
        Twins twins = new Twins();
        for (int n = things.upTo(4); n > 0; n--) {
            twins.index(things.chance(25), things.directions(things.upTo(3)));
        }

        for (int step = 0; step < STEPS; step++) {
            // When
            write(twins, things);
            if (step == STEPS / 2) {
                twins.index(things.chance(25), things.directions(things.upTo(3)));
            }

            // Then
            Twins.Query query = Twins.Query.of(things.filter(), things.sort());
            twins.assertSame(query);
            if (step % 5 == 0) {
                twins.assertSamePages(query, things.upTo(20));
            }
        }
    }

    private static void write(Twins twins, RandomThings things) {
        Object id = things.id();
        Document byId = new Document("_id", id);
        if (twins.find(Twins.Query.of(byId, null)).isEmpty()) {
            twins.insert(things.document(id));
        } else if (things.chance(30)) {
            twins.delete(byId);
        } else if (things.chance(30)) {
            twins.update(byId, things.document(id));
        } else {
            twins.update(things.chance(80) ? byId : things.filter(), things.update());
        }
        if (things.chance(1)) {
            twins.delete(things.filter());
        }
    }
}
