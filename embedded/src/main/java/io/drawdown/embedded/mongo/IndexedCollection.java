package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import io.drawdown.embedded.mongo.index.Access;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that uses an index whenever a filter bounds its first fields, or a sort has its order. The server's own uses
 * an index only if the filter has exactly its fields, so a guarded write {@code {_id, rev}} reads the whole collection.
 *
 * <p>Documents are kept as BSON. Whoever reads one gets a copy, so nobody sees half of an update.
 */
final class IndexedCollection extends AbstractSynchronizedMongoCollection<Object> {

    private static final String NATURAL_ORDER = "$natural";

    private final MVMap<Object, byte[]> documents;
    private final @Nullable RedoLog log;
    private long examined;

    /** @param log of what is not in the file of the documents yet; null if there is no file */
    IndexedCollection(IndexedDatabase database, String name, CollectionOptions options, @Nullable RedoLog log) {
        super(database, name, options, database.cursors());
        this.documents = database.documents(name);
        this.log = log;
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        Object id = getIdField() == null ? UUID.randomUUID() : Utils.getSubdocumentValue(document, getIdField());
        put(id, document);
        return id;
    }

    @Override
    protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
        put(position, newDocument);
    }

    private void put(Object position, Document document) {
        byte[] bson = Bson.encode(document);
        Object key = Missing.ofNullable(position);
        documents.put(key, bson);
        if (log != null) {
            log.append(documents, key, bson);
        }
    }

    @Override
    protected void removeDocument(Object position) {
        Object key = Missing.ofNullable(position);
        documents.remove(key);
        if (log != null) {
            log.append(documents, key, null);
        }
    }

    @Override
    protected @Nullable Document getDocument(Object position) {
        byte[] bson = documents.get(position);
        return bson == null ? null : Bson.decode(bson);
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(entry -> new DocumentWithPosition<>(Bson.decode(entry.getValue()), entry.getKey()));
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, @Nullable Document orderBy, int skip, int limit, int batchSize, @Nullable Document fields) {
        Stream<DocumentWithPosition<Object>> all = streamAllDocumentsWithPosition();
        if (isNaturalDescending(orderBy)) {
            all = all.sorted(Comparator.comparing(DocumentWithPosition::getPosition, ValueComparator.desc()));
        }
        return matchDocumentsFromStream(
                all.map(DocumentWithPosition::getDocument), query, orderBy, skip, limit, batchSize, fields);
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
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
    public synchronized int count(Document query, int skip, int limit) {
        return super.count(query, skip, limit);
    }

    /** A statistic that nobody reads. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        // not kept
    }

    @Override
    protected int getDataSize() {
        return 0;
    }
}
