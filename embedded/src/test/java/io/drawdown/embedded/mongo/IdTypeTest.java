package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.ObjectDataType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdTypeTest {

    private static final int SEARCHES = 300_000;

    @Test
    void threadsUseItWithIdsOfDifferentTypesAtTheSameTime() throws Exception {
        // Given
        ObjectId one = new ObjectId();
        ObjectId other = new ObjectId();
        boolean isLess = IdType.INSTANCE.compare(one, other) < 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            // When
            Future<Long> strings = threads.submit(searches("a", "b"));
            Future<Long> objects = threads.submit(isLess ? searches(one, other) : searches(other, one));
            // Then
            assertThat(strings.get()).isEqualTo(SEARCHES);
            assertThat(objects.get()).isEqualTo(SEARCHES);
        }
    }

    private static Callable<Long> searches(Object less, Object more) {
        DataType<Object> ids = IndexedDatabase.DOCUMENTS.getKeyType();
        Object[] page = {less, more};
        return () -> IntStream.range(0, SEARCHES)
                .filter(each -> ids.binarySearch(more, page, page.length, 0) == 1)
                .count();
    }

    @Test
    void idsAreWrittenAsBefore() {
        // Given
        WriteBuffer buffer = new WriteBuffer();
        ObjectId id = new ObjectId();
        new ObjectDataType().write(buffer, id);
        new ObjectDataType().write(buffer, "ada");
        // When
        var written = buffer.getBuffer().flip();
        // Then
        assertThat(IdType.INSTANCE.read(written)).isEqualTo(id);
        assertThat(IdType.INSTANCE.read(written)).isEqualTo("ada");
        assertThat(IdType.INSTANCE.compare("ada", id)).isEqualTo(new ObjectDataType().compare("ada", id));
    }
}
