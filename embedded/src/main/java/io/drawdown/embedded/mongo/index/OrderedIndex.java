package io.drawdown.embedded.mongo.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index in memory, in the order of its fields. The collection fills it when it opens and guards it by its lock.
 *
 * <p>A document has one entry, or one per element if one of its indexed fields is an array. A document that has no place in
 * the order is kept apart and is a candidate of every look-up. So a look-up always finds a superset of what a scan finds. Its
 * entries are in the order of a sort as long as every document has exactly one entry.
 */
public final class OrderedIndex extends Index<Object> implements Access.Ordered {

    private static final String ID = "_id";

    private final IndexedFields fields;
    private final PlaceOrder order;
    private final TreeSet<Place> entries;
    private final Set<Object> unordered = new LinkedHashSet<>();
    private int documentsWithArrays;

    /** @param ids an order of the documents' ids */
    public OrderedIndex(String name, List<IndexKey> keys, boolean sparse, Comparator<Object> ids) {
        super(name, keys, sparse);
        fields = new IndexedFields(keys());
        order = new PlaceOrder(keys, ids);
        entries = new TreeSet<>(order);
    }

    @Override
    public void add(Document document, @Nullable Object position, MongoCollection<Object> collection) {
        Object id = Missing.ofNullable(position);
        IndexedFields.Keys keys = fields.keysOf(document);
        if (isLeftOut(keys)) {
            return;
        }
        if (keys.areUnordered()) {
            unordered.add(id);
        }
        keys.keys().forEach(values -> entries.add(Place.entry(values, id)));
        documentsWithArrays += keys.hasArray() ? 1 : 0;
    }

    @Override
    public @Nullable Object remove(Document document) {
        Object id = Missing.ofNullable(document.get(ID));
        IndexedFields.Keys keys = fields.keysOf(document);
        if (isLeftOut(keys)) {
            return null;
        }
        if (keys.areUnordered()) {
            unordered.remove(id);
        }
        keys.keys().forEach(values -> entries.remove(Place.entry(values, id)));
        documentsWithArrays -= keys.hasArray() ? 1 : 0;
        return id;
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Object position, MongoCollection<Object> collection) {
        if (!fields.areSame(oldDocument, newDocument)) {
            remove(oldDocument);
            add(newDocument, position, collection);
        }
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        if (fields.haveSeveralArrays(document)) {
            getKeyValues(document); // refuses arrays that do not belong together, as a real server does
        }
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        checkAdd(newDocument, collection);
    }

    private boolean isLeftOut(IndexedFields.Keys keys) {
        return isSparse() && keys.areMissing();
    }

    @Override
    public @Nullable Access access(Access.Query query) {
        IndexSearch search = IndexSearch.of(getKeys(), query.filter(), documentsWithArrays > 0);
        IndexSearch.@Nullable Walk walk = isInOrder() ? search.walk(query.sort()) : null;
        boolean helps = search.boundFields() > 0
                || (walk != null && query.isLimited() && !query.sort().isAny());
        if (!helps || (isSparse() && !search.excludesMissing())) {
            return null;
        }
        return walk == null
                ? new Access(search.boundFields(), search.equalFields(), false, () -> all(search)
                        .iterator())
                : new Access(search.boundFields(), search.equalFields(), true, () -> ids(entries(search, walk)));
    }

    private boolean isInOrder() {
        return documentsWithArrays == 0 && unordered.isEmpty();
    }

    private Set<Object> all(IndexSearch search) {
        Set<Object> found = new LinkedHashSet<>();
        ids(entries(search, IndexSearch.Walk.ANY)).forEachRemaining(found::add);
        found.addAll(unordered);
        return found;
    }

    private Iterator<Place> entries(IndexSearch search, IndexSearch.Walk walk) {
        List<Iterator<Place>> parts = search.intervals().stream()
                .<Iterator<Place>>map(each -> new EntriesBetween(entries, search, each, walk.backwards()))
                .toList();
        return new MergedEntries(parts, order.by(walk.sorted(), walk.backwards()));
    }

    private static Iterator<Object> ids(Iterator<Place> entries) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Object next() {
                return entries.next().id();
            }
        };
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null; // the _id index knows it
    }

    @Override
    public boolean canHandle(Document query) {
        return false; // asked for its access
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException("Asked for its access");
    }

    @Override
    public long getCount() {
        return (long) entries.size() + unordered.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        entries.clear();
        unordered.clear();
        documentsWithArrays = 0;
    }
}
