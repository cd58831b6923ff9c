package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Two collections with the same documents: ours with indexes, and the server library's own, which reads all documents. */
final class Twins {

    private static final String NAME = "things";

    private final IndexedDatabase database = new IndexedDatabase("indexed", store(), null, new CursorRegistry());
    private final MongoCollection<Object> plain = new H2Database("plain", store(), new CursorRegistry())
            .createCollectionOrThrowIfExists(NAME, CollectionOptions.withDefaults());
    private final IndexedCollection indexed =
            (IndexedCollection) database.createCollectionOrThrowIfExists(NAME, CollectionOptions.withDefaults());
    private int indexes;

    /** A query, with null for no sort and 0 for no limit. */
    record Query(Document filter, @Nullable Document sort, int skip, int limit) {

        static Query of(Document filter, @Nullable Document sort) {
            return new Query(filter, sort, 0, 0);
        }

        Query page(int nextSkip, int nextLimit) {
            return new Query(filter, sort, nextSkip, nextLimit);
        }

        private QueryParameters parameters() {
            Document selector = new Document("$query", filter);
            return new QueryParameters(sort == null ? selector : selector.append("$orderby", sort), skip, limit);
        }
    }

    void index(boolean sparse, Document directions) {
        List<IndexKey> keys = directions.entrySet().stream()
                .map(each -> new IndexKey(each.getKey(), each.getValue().equals(1)))
                .toList();
        indexed.addIndex(database.openOrCreateSecondaryIndex(NAME, "index-" + indexes++, keys, sparse));
    }

    void insert(Document document) {
        plain.addDocument(document.cloneDeeply());
        insertIndexed(document);
    }

    /** Inserts into ours only. */
    void insertIndexed(Document document) {
        indexed.addDocument(document.cloneDeeply());
    }

    void update(Document filter, Document update) {
        Document expected = plain.updateDocuments(
                filter, update.cloneDeeply(), ArrayFilters.empty(), isOperators(update), false, NoopOplog.get());
        Document actual = indexed.updateDocuments(
                filter, update.cloneDeeply(), ArrayFilters.empty(), isOperators(update), false, NoopOplog.get());
        assertThat(actual).as("%s %s", filter, update).isEqualTo(expected);
    }

    void delete(Document filter) {
        int expected = plain.deleteDocuments(filter, 0, NoopOplog.get());
        assertThat(indexed.deleteDocuments(filter, 0, NoopOplog.get()))
                .as(filter.toString())
                .isEqualTo(expected);
    }

    int size() {
        return indexed.count();
    }

    List<Document> find(Query query) {
        List<Document> found = new ArrayList<>();
        indexed.handleQuery(query.parameters()).forEach(found::add);
        return found;
    }

    /** How many documents of ours the query reads. */
    long examinedBy(Query query) {
        long before = indexed.examined();
        find(query);
        return indexed.examined() - before;
    }

    /** The query finds what a scan finds, in the order of its sort. */
    void assertSame(Query query) {
        List<Document> expected = scan(query);
        assertSame(query, find(query), expected);
        assertThat(indexed.count(query.filter, 0, 0)).as("%s", query).isEqualTo(expected.size());
    }

    /** Its pages, one after the other, are what a scan finds too. */
    void assertSamePages(Query query, int pageSize) {
        List<Document> pages = new ArrayList<>();
        List<Document> page;
        do {
            page = find(query.page(pages.size(), pageSize));
            pages.addAll(page);
        } while (page.size() == pageSize);
        assertSame(query, pages, scan(query));
    }

    private List<Document> scan(Query query) {
        List<Document> found = new ArrayList<>();
        plain.handleQuery(query.parameters()).forEach(found::add);
        return found;
    }

    private static void assertSame(Query query, List<Document> actual, List<Document> expected) {
        assertThat(actual).as("%s", query).hasSameSizeAs(expected);
        assertThat(new HashSet<>(actual)).as("%s", query).isEqualTo(new HashSet<>(expected));
        if (query.sort != null) {
            Comparator<Document> order = new DocumentComparator(query.sort);
            assertThat(actual)
                    .as("%s", query)
                    .usingElementComparator((left, right) -> left.equals(right) ? 0 : order.compare(left, right))
                    .isEqualTo(expected);
        }
    }

    private static MVStore store() {
        return new MVStore.Builder().autoCommitDisabled().open();
    }

    private static boolean isOperators(Document update) {
        return update.keySet().iterator().next().startsWith("$");
    }
}
