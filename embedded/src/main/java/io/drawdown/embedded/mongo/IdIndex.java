package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of {@code _id}. The map of the documents has their ids as its keys, so it is the index: there is nothing to
 * write. An id that is neither a string nor an ObjectId is looked for among all keys, for the map tells 1 from 1.0.
 */
final class IdIndex extends AbstractUniqueIndex<Object> {

    private final MVMap<Object, Document> documents;

    IdIndex(String name, List<IndexKey> keys, boolean sparse, MVMap<Object, Document> documents) {
        super(name, keys, sparse);
        this.documents = documents;
    }

    static boolean isFor(List<IndexKey> keys) {
        return keys.size() == 1 && keys.getFirst().getKey().equals("_id");
    }

    @Override
    protected @Nullable Object getPosition(KeyValue key) {
        Object id = key.get(0);
        if (id instanceof String || id instanceof ObjectId) {
            return documents.containsKey(id) ? id : null;
        }
        KeyValue wanted = key.normalized();
        return documents.keySet().stream()
                .filter(position -> new KeyValue(position).normalized().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        // it is in the map already, and checkAdd was before that
    }

    @Override
    protected boolean putKeyPosition(KeyValue key, Object position) {
        throw new UnsupportedOperationException("Nothing is written here");
    }

    /** The collection takes the document out of the map next. */
    @Override
    protected @Nullable Object removeDocument(KeyValue key) {
        return getPosition(key);
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
        return () -> documents.keySet().stream()
                .map(position -> Map.entry(new KeyValue(position), position))
                .iterator();
    }

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
