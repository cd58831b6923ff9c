package io.drawdown.kit.testing.portable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What Drawdown asks of a database, all of it: the commands with their fields and the operators of {@value #FILE}, which
 * {@code docs/operations.md} shows to whoever chooses a server. Whatever does not stand there is not portable.
 */
public final class PortableSubset {

    static final String FILE = "/portable-mongodb.txt";

    private static final String COMMAND = "command ";

    private final Map<String, Set<String>> words = new HashMap<>();

    private PortableSubset() {}

    /** As the file says. */
    static PortableSubset read() {
        PortableSubset subset = new PortableSubset();
        text().lines()
                .map(line -> line.split(":\\s*", 2))
                .forEach(parts -> subset.words.put(
                        parts[0].strip(), parts.length == 1 ? Set.of() : Set.of(parts[1].split("\\s+"))));
        return subset;
    }

    /** The file itself. */
    static String text() {
        try (InputStream file = Objects.requireNonNull(PortableSubset.class.getResourceAsStream(FILE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of the command is outside. */
    List<String> violations(BsonDocument command) {
        List<String> found = new ArrayList<>();
        String name = command.getFirstKey();
        if (!words.containsKey(COMMAND + name)) {
            found.add(COMMAND + name);
        }
        command.forEach((field, value) -> {
            if (!field.equals(name) && !isAllowed("with every command", field)) {
                allow(COMMAND + name, field, found);
            }
            look(field, value, found);
        });
        return found;
    }

    private void look(String field, BsonValue value, List<String> found) {
        switch (field) {
            case "filter", "query" -> operators("filter", value, found);
            case "updates" -> value.asArray().forEach(each -> update(each.asDocument(), found));
            case "deletes" -> value.asArray().forEach(each -> delete(each.asDocument(), found));
            case "indexes" -> value.asArray().forEach(each -> index(each.asDocument(), found));
            case "update" -> {
                if (!value.isString()) {
                    change(value, found);
                }
            }
            case "pipeline" -> operators("stage", value, found);
            default -> {}
        }
    }

    private void update(BsonDocument update, List<String> found) {
        update.keySet().forEach(field -> allow("each update", field, found));
        operators("filter", update.getDocument("q"), found);
        change(Objects.requireNonNull(update.get("u")), found);
    }

    private void change(BsonValue change, List<String> found) {
        if (change.isArray()) {
            found.add("update: a pipeline");
        } else if (change.asDocument().keySet().stream().anyMatch(PortableSubset::isOperator)) {
            change.asDocument().forEach((operator, value) -> {
                allow("update", operator, found);
                operators("filter", value, found);
            });
        }
    }

    private void delete(BsonDocument delete, List<String> found) {
        delete.keySet().forEach(field -> allow("each delete", field, found));
        operators("filter", delete.getDocument("q"), found);
    }

    private void index(BsonDocument index, List<String> found) {
        index.keySet().forEach(field -> allow("each index", field, found));
        index.getDocument("key").values().stream()
                .filter(direction -> !direction.isNumber())
                .forEach(kind -> found.add("each index: " + kind));
    }

    /** Of all that lies within. */
    private void operators(String kind, BsonValue within, List<String> found) {
        if (within instanceof BsonArray array) {
            array.forEach(each -> operators(kind, each, found));
        } else if (within instanceof BsonDocument document) {
            document.forEach((name, value) -> {
                if (isOperator(name)) {
                    allow(kind, name, found);
                }
                operators(kind, value, found);
            });
        } else if (within.isRegularExpression()) {
            found.add(kind + ": a regular expression");
        }
    }

    private void allow(String kind, String word, List<String> found) {
        if (!isAllowed(kind, word)) {
            found.add(kind + ": " + word);
        }
    }

    private boolean isAllowed(String kind, String word) {
        return words.getOrDefault(kind, Set.of()).contains(word);
    }

    private static boolean isOperator(String name) {
        return name.startsWith("$");
    }
}
