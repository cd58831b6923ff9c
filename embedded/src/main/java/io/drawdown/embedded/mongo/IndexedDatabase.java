package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import io.drawdown.embedded.mongo.index.IdIndex;
import io.drawdown.embedded.mongo.index.OrderedIndex;
import io.drawdown.embedded.mongo.index.UniqueIndex;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/** A database of {@link IndexedCollection}s, in the file layout of the H2 backend. */
final class IndexedDatabase extends H2Database {

    static final MVMap.Builder<Object, byte[]> DOCUMENTS =
            new MVMap.Builder<Object, byte[]>().keyType(IdType.INSTANCE).valueType(ByteArrayDataType.INSTANCE);

    private final MVStore store;
    private final @Nullable RedoLog log;

    /** @param log of a store that is kept; null for one in memory */
    IndexedDatabase(String name, MVStore store, @Nullable RedoLog log, CursorRegistry cursors) {
        super(name, store, cursors);
        this.store = store;
        this.log = log;
        super.initializeNamespacesAndIndexes();
    }

    /** Does nothing: the parent's constructor calls this before the store is known here. */
    @Override
    protected void initializeNamespacesAndIndexes() {}

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        return new IndexedCollection(this, name, options, log);
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        return new OrderedIndex(
                indexName, keys, sparse, documents(collectionName).getKeyType());
    }

    CursorRegistry cursors() {
        return cursorRegistry;
    }

    MVMap<Object, byte[]> documents(String collection) {
        return store.openMap("databases." + getFullCollectionNamespace(collection), DOCUMENTS);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        if (IdIndex.isFor(keys)) {
            return new IdIndex(indexName, keys, sparse, documents(collectionName));
        }
        MVMap<KeyValue, Object> positions =
                store.openMap(getFullCollectionNamespace(collectionName) + "._index_" + indexName);
        forget(positions);
        return new UniqueIndex(indexName, keys, sparse, positions);
    }

    /** A unique index is not kept either: the collection fills an empty one from its documents when it opens. */
    private static void forget(MVMap<?, ?> index) {
        index.clear();
        index.setVolatile(true);
    }
}
