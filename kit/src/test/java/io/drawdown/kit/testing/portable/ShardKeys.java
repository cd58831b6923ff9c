package io.drawdown.kit.testing.portable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a sharded cluster asks of a write of one document: that its filter names the {@code _id}, which is the key of the
 * shards ({@code docs/scale.md}). A write of many documents may go to all shards.
 */
final class ShardKeys {

    private ShardKeys() {}

    /** What of the command could not be sent to one shard. */
    static List<String> violations(BsonDocument command) {
        List<String> found = new ArrayList<>();
        switch (command.getFirstKey()) {
            case "findAndModify" -> look(command.getDocument("query"), found);
            case "update" ->
                command.getArray("updates").stream()
                        .map(BsonValue::asDocument)
                        .filter(update -> !update.containsKey("multi")
                                || !update.getBoolean("multi").getValue())
                        .forEach(update -> look(update.getDocument("q"), found));
            case "delete" ->
                command.getArray("deletes").stream()
                        .map(BsonValue::asDocument)
                        .filter(delete -> delete.getNumber("limit").intValue() == 1)
                        .forEach(delete -> look(delete.getDocument("q"), found));
            default -> {}
        }
        return found;
    }

    private static void look(BsonDocument filter, List<String> found) {
        if (!namesId(filter)) {
            found.add("filter without _id: " + filter.keySet());
        }
    }

    /** By a value; an operator, such as {@code $in}, may mean several documents. */
    private static boolean namesId(BsonDocument filter) {
        if (filter.containsKey("_id")) {
            BsonValue id = Objects.requireNonNull(filter.get("_id"));
            return !id.isDocument() || id.asDocument().keySet().stream().noneMatch(name -> name.startsWith("$"));
        }
        return filter.containsKey("$and")
                && filter.getArray("$and").stream().anyMatch(part -> namesId(part.asDocument()));
    }
}
