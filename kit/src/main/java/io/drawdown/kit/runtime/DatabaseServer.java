package io.drawdown.kit.runtime;

import com.mongodb.ReadPreference;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.bson.Document;

/** Asks the database server itself: for its time and its kind. */
public final class DatabaseServer {

    private static final Document IS_MASTER = new Document("isMaster", 1);

    private final ReactiveMongoClient client;

    public DatabaseServer(ReactiveMongoClient client) {
        this.client = client;
    }

    /** The server's clock, in milliseconds. */
    public Uni<Instant> time() {
        return isMaster().map(answer -> answer.getDate("localTime").toInstant());
    }

    /** Whether linearizable reads are possible and needed: the server belongs to a replica set or a sharded cluster. */
    public Uni<Boolean> hasReplicas() {
        return isMaster().map(answer -> answer.containsKey("setName") || "isdbgrid".equals(answer.getString("msg")));
    }

    private Uni<Document> isMaster() {
        return StoreFaults.ofRead(client.getDatabase("admin").runCommand(IS_MASTER, ReadPreference.primary()));
    }
}
