package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index in memory that answers equality on a prefix of its fields. The collection fills it when it opens. The
 * index holds every prefix of a document's key, so a look-up is one access for any number of bound fields.
 */
final class EqualityIndex extends Index<Object> {

    private static final String ID = "_id";

    private final Map<List<@Nullable Object>, Set<Object>> idsByPrefix = new HashMap<>();

    EqualityIndex(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        if (isLeftOut(document)) {
            return;
        }
        for (List<@Nullable Object> prefix : prefixesOf(document)) {
            idsByPrefix.computeIfAbsent(prefix, absent -> new LinkedHashSet<>()).add(position);
        }
    }

    @Override
    public synchronized @Nullable Object remove(Document document) {
        if (isLeftOut(document)) {
            return null;
        }
        Object position = document.get(ID);
        for (List<@Nullable Object> prefix : prefixesOf(document)) {
            idsByPrefix.computeIfPresent(prefix, (same, ids) -> ids.remove(position) && ids.isEmpty() ? null : ids);
        }
        return position;
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Object position, MongoCollection<Object> collection) {
        if (!nullAwareEqualsKeys(oldDocument, newDocument)) {
            remove(oldDocument);
            add(newDocument, position, collection);
        }
    }

    /** The positions of all documents with the given values, or null if the first field is not bound. */
    synchronized @Nullable List<Object> find(FilterEqualities equalities) {
        List<List<@Nullable Object>> prefixes = List.of(List.of());
        for (String key : keys()) {
            List<Object> values = equalities.valuesOf(key);
            if (values == null) {
                break;
            }
            prefixes = extend(prefixes, values);
        }
        if (prefixes.getFirst().isEmpty()) {
            return null;
        }
        Set<Object> positions = new LinkedHashSet<>();
        prefixes.forEach(prefix -> positions.addAll(idsByPrefix.getOrDefault(prefix, Set.of())));
        return new ArrayList<>(positions);
    }

    private static List<List<@Nullable Object>> extend(List<List<@Nullable Object>> prefixes, List<Object> values) {
        List<List<@Nullable Object>> extended = new ArrayList<>();
        for (List<@Nullable Object> prefix : prefixes) {
            for (Object value : new KeyValue(values).normalized()) {
                List<@Nullable Object> longer = new ArrayList<>(prefix);
                longer.add(value);
                extended.add(longer);
            }
        }
        return extended;
    }

    private Set<List<@Nullable Object>> prefixesOf(Document document) {
        Set<List<@Nullable Object>> prefixes = new LinkedHashSet<>();
        for (KeyValue key : getKeyValues(document)) {
            List<@Nullable Object> values = key.stream().toList();
            for (int length = 1; length <= values.size(); length++) {
                prefixes.add(values.subList(0, length));
            }
        }
        return prefixes;
    }

    private boolean isLeftOut(Document document) {
        return isSparse()
                && getKeyValues(document).stream().allMatch(key -> key.stream().noneMatch(Objects::nonNull));
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null; // the _id index knows it
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // nothing is refused: the index is not unique
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Object> collection) {
        // nothing is refused: the index is not unique
    }

    @Override
    public boolean canHandle(Document query) {
        return false; // asked through find
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        throw new UnsupportedOperationException("Asked through find");
    }

    @Override
    public synchronized long getCount() {
        return idsByPrefix.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public synchronized void drop() {
        idsByPrefix.clear();
    }
}
