package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of {@code _id}. The map of the documents has their ids as its keys, so it is the index: there is nothing to
 * write. An id that is neither a string nor an ObjectId is looked for among all keys, for the map tells 1 from 1.0.
 *
 * <p>The map keeps all strings together, in the order of the server's sort; it has ids of other types in another order.
 */
public final class IdIndex extends AbstractUniqueIndex<Object> implements Access.Ordered {

    private static final String ID = "_id";
    private static final String LEAST = "";

    private final MVMap<Object, ?> documents;

    public IdIndex(String name, List<IndexKey> keys, boolean sparse, MVMap<Object, ?> documents) {
        super(name, keys, sparse);
        this.documents = documents;
    }

    public static boolean isFor(List<IndexKey> keys) {
        return keys.size() == 1 && keys.getFirst().getKey().equals(ID);
    }

    @Override
    public @Nullable Access access(Access.Query query) {
        boolean sorted =
                !query.sort().isAny() && query.sort().keys().getFirst().field().equals(ID);
        boolean backwards = sorted && !query.sort().keys().getFirst().ascending();
        List<Range> ranges = query.filter().rangesOf(ID);
        if (!ranges.isEmpty()) {
            Range range = Range.intersection(ranges);
            String from = range.low() == null ? LEAST : string(range.low().value());
            String to = range.high() == null ? greatest() : string(range.high().value());
            return from == null || to == null ? null : new Access(1, 0, sorted, between(from, to, backwards));
        }
        boolean helps = sorted && query.isLimited() && documents.firstKey() instanceof String;
        String greatest = helps ? greatest() : null;
        return greatest == null ? null : new Access(0, 0, true, between(LEAST, greatest, backwards));
    }

    /** The greatest id, or null if it is not a string. */
    private @Nullable String greatest() {
        return documents.isEmpty() ? null : string(documents.lastKey());
    }

    private static @Nullable String string(Object id) {
        return id instanceof String string ? string : null;
    }

    private Iterable<Object> between(String from, String to, boolean backwards) {
        return () -> backwards ? documents.cursor(to, from, true) : documents.cursor(from, to, false);
    }

    /** Hardly any write gives a document another id. */
    @Override
    public synchronized void checkUpdate(
            Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        if (!hasSameId(oldDocument, newDocument)) {
            super.checkUpdate(oldDocument, newDocument, collection);
        }
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Object position, MongoCollection<Object> collection) {
        if (!hasSameId(oldDocument, newDocument)) {
            super.updateInPlace(oldDocument, newDocument, position, collection);
        }
    }

    private static boolean hasSameId(Document oldDocument, Document newDocument) {
        return Objects.equals(oldDocument.get(ID), newDocument.get(ID));
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return document.get(ID) instanceof String id ? positionOf(id) : super.getPosition(document);
    }

    private @Nullable Object positionOf(Object id) {
        return documents.containsKey(id) ? id : null;
    }

    @Override
    protected @Nullable Object getPosition(KeyValue key) {
        Object id = key.get(0);
        if (id instanceof String || id instanceof ObjectId) {
            return positionOf(id);
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
