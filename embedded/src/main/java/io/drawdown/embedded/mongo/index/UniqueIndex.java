package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unique index that is not asked about documents that have nothing in it. The server's own computes the keys of the old and of
 * the new document of every write, four times, although most documents have none of its fields.
 */
public final class UniqueIndex extends AbstractUniqueIndex<Object> {

    private final IndexedFields fields;
    private final Map<KeyValue, Object> positions;

    /** @param positions empty; the collection fills it when it opens, and guards it by its lock */
    public UniqueIndex(String name, List<IndexKey> keys, boolean sparse, Map<KeyValue, Object> positions) {
        super(name, keys, sparse);
        this.fields = new IndexedFields(keys());
        this.positions = positions;
    }

    private boolean isLeftOut(Document document) {
        return isSparse() && fields.areAbsent(document);
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return isLeftOut(document) ? null : super.getPosition(document);
    }

    @Override
    public synchronized @Nullable Object remove(Document document) {
        return isLeftOut(document) ? null : super.remove(document);
    }

    @Override
    public synchronized void checkAdd(Document document, MongoCollection<Object> collection) {
        if (!isLeftOut(document)) {
            super.checkAdd(document, collection);
        }
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        if (!isLeftOut(document)) {
            super.add(document, position, collection);
        }
    }

    @Override
    public synchronized void checkUpdate(
            Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        if (!isLeftOut(newDocument)) {
            super.checkUpdate(oldDocument, newDocument, collection);
        }
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Object position, MongoCollection<Object> collection) {
        if (!isLeftOut(oldDocument) || !isLeftOut(newDocument)) {
            super.updateInPlace(oldDocument, newDocument, position, collection);
        }
    }

    @Override
    protected @Nullable Object removeDocument(KeyValue key) {
        return positions.remove(key);
    }

    @Override
    protected boolean putKeyPosition(KeyValue key, Object position) {
        return positions.putIfAbsent(key, Missing.ofNullable(position)) == null;
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
        return positions.entrySet();
    }

    @Override
    protected @Nullable Object getPosition(KeyValue key) {
        return positions.get(key);
    }

    @Override
    public long getCount() {
        return positions.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
