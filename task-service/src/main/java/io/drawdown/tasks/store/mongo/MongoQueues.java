package io.drawdown.tasks.store.mongo;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.QueueStore;
import io.drawdown.tasks.store.QueueSwitch;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import static com.mongodb.client.model.Filters.eq;

/** The switches of queues in MongoDB. There are as many as types that were ever paused. */
@Singleton
public final class MongoQueues implements QueueStore, ReactivePanacheMongoRepositoryBase<QueueSwitch, String> {

    private final ReactiveMongoCollection<QueueSwitch> switches;
    private final Executor core;

    MongoQueues(Database database) {
        this.switches = mongoCollection();
        this.core = database.core();
    }

    @Override
    public Uni<Set<String>> paused() {
        Uni<List<QueueSwitch>> found = find(eq("paused", true)).list();
        return StoreFaults.ofRead(found).emitOn(core).map(MongoQueues::types);
    }

    private static Set<String> types(List<QueueSwitch> paused) {
        return paused.stream().map(QueueSwitch::id).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Uni<Void> set(String type, boolean isPaused) {
        return StoreFaults.ofWrite(switches.updateOne(
                        eq("_id", type), Updates.set("paused", isPaused), new UpdateOptions().upsert(true)))
                .emitOn(core)
                .replaceWithVoid();
    }
}
