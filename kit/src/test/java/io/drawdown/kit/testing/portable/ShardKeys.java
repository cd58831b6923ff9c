package io.drawdown.kit.testing.portable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a sharded cluster asks of a command. The shard key of every collection begins with {@code _id} ({@code docs/operations.md}),
 * so a write of one document names its {@code _id}: else the server refuses it, or asks every shard. A unique index must begin
 * with the shard key.
 */
final class ShardKeys {

    private static final String KEY = "_id";

    /** Collections that have a unique index on something else, and so stay on one shard. */
    private static final Set<String> ON_ONE_SHARD = Set.of("tasks");

    private ShardKeys() {}

    /** What of the command a sharded cluster would not take. */
    static List<String> violations(BsonDocument command) {
        List<String> found = new ArrayList<>();
        String name = command.getFirstKey();
        switch (name) {
            case "update" -> {
                for (BsonValue each : command.getArray("updates")) {
                    BsonDocument update = each.asDocument();
                    if (!update.containsKey("multi")
                            || !update.getBoolean("multi").getValue()) {
                        requireKey(name, update.getDocument("q"), found);
                    }
                }
            }
            case "delete" -> {
                for (BsonValue each : command.getArray("deletes")) {
                    if (each.asDocument().getNumber("limit").intValue() == 1) {
                        requireKey(name, each.asDocument().getDocument("q"), found);
                    }
                }
            }
            case "findAndModify" -> requireKey(name, command.getDocument("query"), found);
            case "createIndexes" -> {
                String collection = command.getString(name).getValue();
                for (BsonValue each : command.getArray("indexes")) {
                    if (!ON_ONE_SHARD.contains(collection)) {
                        requireKeyFirst(each.asDocument(), found);
                    }
                }
            }
            default -> {}
        }
        return found;
    }

    private static void requireKey(String command, BsonDocument filter, List<String> found) {
        if (!names(filter)) {
            found.add("shard key: " + command + " by " + filter.keySet());
        }
    }

    private static boolean names(BsonDocument filter) {
        BsonValue key = filter.get(KEY);
        if (key != null) {
            return !key.isDocument() || key.asDocument().containsKey("$eq");
        }
        return filter.containsKey("$and")
                && filter.getArray("$and").stream().anyMatch(each -> names(each.asDocument()));
    }

    private static void requireKeyFirst(BsonDocument index, List<String> found) {
        boolean isUnique =
                index.containsKey("unique") && index.getBoolean("unique").getValue();
        if (isUnique && !index.getDocument("key").getFirstKey().equals(KEY)) {
            found.add("shard key: a unique index on " + index.getDocument("key").keySet());
        }
    }
}
