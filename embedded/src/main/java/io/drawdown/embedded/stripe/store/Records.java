package io.drawdown.embedded.stripe.store;

import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one Stripe account. An object has a place in the list of its type and in the lists that it was indexed for,
 * e.g. {@code customer=cus_1}. A field whose name begins with an underscore is never shown to a client.
 */
public final class Records {

    private static final String SEQUENCE = "_sequence";
    private static final String LAST = "sequence";
    private static final String ALL = "";

    private final String account;
    private final MVMap<String, String> objects;
    private final MVMap<String, String> order;
    private final MVMap<String, String> counters;

    public Records(Store store, String account) {
        this.account = account;
        objects = store.map("objects");
        order = store.map("order");
        counters = store.map("counters");
    }

    public Optional<JsonObject> find(String id) {
        return Optional.ofNullable(objects.get(account + "/" + id)).map(JsonObject::new);
    }

    public void insert(JsonObject object, String... filters) {
        long sequence = Long.parseLong(counters.getOrDefault(LAST, "0")) + 1;
        counters.put(LAST, Long.toString(sequence));
        object.put(SEQUENCE, sequence);
        index(object, ALL);
        for (String filter : filters) {
            index(object, filter);
        }
        update(object);
    }

    public void update(JsonObject object) {
        objects.put(account + "/" + object.getString("id"), object.encode());
    }

    public void index(JsonObject object, String filter) {
        order.put(list(object.getString("object"), filter) + place(object), object.getString("id"));
    }

    public void unindex(JsonObject object, String filter) {
        order.remove(list(object.getString("object"), filter) + place(object));
    }

    /** The objects of a type, the newest first. */
    public Stream<JsonObject> newest(String type) {
        return newest(type, ALL, null);
    }

    /** @param after the object behind which the list begins */
    public Stream<JsonObject> newest(String type, String filter, @Nullable JsonObject after) {
        String list = list(type, filter);
        String from = after == null ? list + "~" : list + place(after);
        return read(order.cursor(from, list, true), after);
    }

    /** The objects that are newer than the given one, the oldest first. */
    public Stream<JsonObject> newerThan(JsonObject object, String type, String filter) {
        String list = list(type, filter);
        return read(order.cursor(list + place(object), list + "~", false), object);
    }

    private Stream<JsonObject> read(Cursor<String, String> cursor, @Nullable JsonObject left) {
        Iterator<String> ids = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public String next() {
                cursor.next();
                return cursor.getValue();
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(ids, Spliterator.ORDERED), false)
                .filter(id -> left == null || !id.equals(left.getString("id")))
                .map(id -> find(id).orElseThrow());
    }

    private String list(String type, String filter) {
        return account + "/" + type + "/" + filter + "/";
    }

    private static String place(JsonObject object) {
        return "%016x".formatted(object.getLong(SEQUENCE));
    }
}
