package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that uses an index whenever a filter binds its fields. The original uses an index only if the filter has
 * exactly its fields, so a guarded write {@code {_id, rev}} reads the whole collection.
 *
 * <p>Queries return copies. The original changes a stored document in place while another thread encodes it for a reader or
 * writes it to the file, so both could see half of an update.
 */
final class IndexedCollection extends H2Collection {

    private final Maps maps;

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
        Iterable<Object> positions = candidates(FilterEqualities.of(query));
        return positions == null
                ? super.queryDocuments(query, orderBy, skip, limit, batchSize, fields)
                : matchDocuments(query, positions, orderBy, skip, limit, batchSize, fields);
    }

    private @Nullable Iterable<Object> candidates(FilterEqualities equalities) {
        Iterable<Object> found = null;
        for (Index<Object> index : getIndexes()) {
            if (index instanceof EqualityIndex secondary) {
                found = found == null ? secondary.find(equalities) : found;
            } else {
                Iterable<Object> unique = byUniqueKey(index, equalities);
                if (unique != null) {
                    return unique;
                }
            }
        }
        return found;
    }

    private static @Nullable Iterable<Object> byUniqueKey(Index<Object> index, FilterEqualities equalities) {
        List<Document> keys = List.of(new Document());
        for (String field : index.getKeys().stream().map(key -> key.getKey()).toList()) {
            List<Object> values = equalities.valuesOf(field);
            boolean compound = index.getKeys().size() > 1;
            if (values == null || (compound && values.stream().anyMatch(Document.class::isInstance))) {
                return null; // a compound index refuses to look a document up
            }
            List<Document> longer = new ArrayList<>();
            for (Document key : keys) {
                values.forEach(value -> longer.add(key.clone().append(field, value)));
            }
            keys = longer;
        }
        Set<Object> positions = new LinkedHashSet<>();
        keys.forEach(key -> index.getPositions(key).forEach(positions::add));
        return positions;
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
