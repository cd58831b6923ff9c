package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import io.drawdown.embedded.mongo.index.Access;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that uses an index whenever a filter bounds its first fields, or a sort has its order. The original uses an
 * index only if the filter has exactly its fields, so a guarded write {@code {_id, rev}} reads the whole collection.
 *
 * <p>Queries return copies. The original changes a stored document in place while another thread encodes it for a reader or
 * writes it to the file, so both could see half of an update.
 */
final class IndexedCollection extends H2Collection {

    private static final String NATURAL_ORDER = "$natural";

    private final Maps maps;
    private long examined;

    IndexedCollection(
            MongoDatabase database, String name, CollectionOptions options, Maps maps, CursorRegistry cursors) {
        super(database, name, options, maps.documents(), maps.meta(), cursors);
        this.maps = maps;
    }

    /** What one collection is kept in: its maps, and the log of what is not in their file yet. */
    record Maps(
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            @Nullable RedoLog log) {

        void changed(Object position, @Nullable Document document) {
            if (log != null) {
                log.append(documents, Missing.ofNullable(position), document);
            }
        }
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object position = super.addDocumentInternal(document);
        maps.changed(position, document);
        return position;
    }

    @Override
    protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
        super.handleUpdate(position, oldDocument, newDocument);
        maps.changed(position, newDocument);
    }

    @Override
    protected void removeDocument(Object position) {
        super.removeDocument(position);
        maps.changed(position, null);
    }

    @Override
    protected synchronized QueryResult queryDocuments(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        Access access = orderBy != null && orderBy.containsKey(NATURAL_ORDER)
                ? null
                : Access.best(getIndexes(), query, orderBy, limit);
        return access == null
                ? super.queryDocuments(query, orderBy, skip, limit, batchSize, fields)
                : matchDocuments(
                        query, access.positions(), access.sorted() ? null : orderBy, skip, limit, batchSize, fields);
    }

    @Override
    protected boolean documentMatchesQuery(Document document, Document query) {
        examined++;
        return super.documentMatchesQuery(document, query);
    }

    /** How many documents queries have read so far. */
    synchronized long examined() {
        return examined;
    }

    @Override
    public synchronized void addIndex(Index<Object> index) {
        super.addIndex(index);
    }

    @Override
    public synchronized void dropIndex(String indexName) {
        super.dropIndex(indexName);
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        return super.createQueryResult(
                matched.stream().map(Document::cloneDeeply).toList(), batchSize);
    }

    @Override
    public synchronized int count(Document query, int skip, int limit) {
        return super.count(query, skip, limit);
    }

    @Override
    protected boolean tracksDataSize() {
        return false; // a statistic that nobody reads, for a second map changed by every write
    }
}
