package io.drawdown.simulator.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents of one collection, as the primary has them and as a majority has them. */
public final class Table<D> {

    private final Database database;
    private final TreeMap<String, Versions<D>> documents = new TreeMap<>();
    private final List<BiConsumer<String, D>> listeners = new ArrayList<>();

    public Table(Database database) {
        this.database = database;
    }

    private static final class Versions<D> {
        @Nullable
        D local;

        @Nullable
        D committed;

        @Nullable
        D former;
    }

    /** The listener gets every document when a majority has it, in order. */
    public void whenCommitted(BiConsumer<String, D> listener) {
        listeners.add(listener);
    }

    /** The document of the primary, with which guards are compared. */
    public @Nullable D local(String id) {
        Versions<D> versions = documents.get(id);
        return versions == null ? null : versions.local;
    }

    /** All documents of the primary, in the order of their ids. */
    public Stream<D> locals() {
        return documents.values().stream().map(versions -> versions.local).filter(Objects::nonNull);
    }

    /** The document that a majority has. */
    public @Nullable D committed(String id) {
        Versions<D> versions = documents.get(id);
        return versions == null ? null : versions.committed;
    }

    /** The document that a majority had before the last change. */
    public @Nullable D former(String id) {
        Versions<D> versions = documents.get(id);
        return versions == null ? null : versions.former;
    }

    /** Replaces the primary's document. */
    public void put(String id, D next, Database.Acknowledgement acknowledgement) {
        change(id, next, acknowledgement);
    }

    /** Deletes the primary's document; no listener hears of it. */
    public void remove(String id, Database.Acknowledgement acknowledgement) {
        change(id, null, acknowledgement);
    }

    private void change(String id, @Nullable D next, Database.Acknowledgement acknowledgement) {
        Versions<D> versions = documents.computeIfAbsent(id, fresh -> new Versions<>());
        versions.local = next;
        database.replicate(new Database.Acknowledgement() {
            @Override
            public void committed() {
                versions.former = versions.committed == null ? next : versions.committed;
                versions.committed = next;
                if (next != null) {
                    listeners.forEach(listener -> listener.accept(id, next));
                }
                acknowledgement.committed();
            }

            @Override
            public void undone() {
                versions.local = versions.committed;
                acknowledgement.undone();
            }
        });
    }

    /** The documents that a majority has, in the order of their ids, after {@code afterId}. */
    public List<D> committed(Predicate<D> which, @Nullable String afterId, int limit) {
        return list(false, which, afterId, limit);
    }

    /** The same documents as a majority had them before the last change of each. */
    public List<D> former(Predicate<D> which, @Nullable String afterId, int limit) {
        return list(true, which, afterId, limit);
    }

    private List<D> list(boolean isFormer, Predicate<D> which, @Nullable String afterId, int limit) {
        List<D> found = new ArrayList<>();
        SequencedMap<String, Versions<D>> range = afterId == null ? documents : documents.tailMap(afterId, false);
        for (Versions<D> versions : range.values()) {
            D document = isFormer ? versions.former : versions.committed;
            if (document != null && which.test(document)) {
                found.add(document);
                if (found.size() == limit) {
                    break;
                }
            }
        }
        return found;
    }

    /** The documents that a majority has and whose ids begin with {@code prefix}. */
    public List<D> under(String prefix) {
        List<D> found = new ArrayList<>();
        for (Versions<D> versions :
                documents.subMap(prefix, prefix + Character.MAX_VALUE).values()) {
            if (versions.committed != null) {
                found.add(versions.committed);
            }
        }
        return found;
    }

    public Collection<D> all() {
        return committed(document -> true, null, Integer.MAX_VALUE);
    }
}
