package io.drawdown.embedded.slack;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a workspace must know after a restart, one JSON object per line. What was added survives a kill of the process. */
final class Journal {

    private final @Nullable Path file;

    /** @param folder null: nothing is kept */
    Journal(@Nullable Path folder) {
        try {
            file = folder == null ? null : Files.createDirectories(folder).resolve("slack.jsonl");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was added. Of a line that a kill has cut off nobody was told. */
    List<JsonObject> read() {
        List<JsonObject> entries = new ArrayList<>();
        try {
            if (file != null && Files.exists(file)) {
                for (String line : Files.readAllLines(file, UTF_8)) {
                    entries.add(new JsonObject(line));
                }
            }
        } catch (DecodeException cutOff) {
            rewrite(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    void add(JsonObject entry) {
        write(List.of(entry), StandardOpenOption.APPEND);
    }

    void clear() {
        rewrite(List.of());
    }

    private void rewrite(List<JsonObject> entries) {
        write(entries, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void write(List<JsonObject> entries, StandardOpenOption how) {
        if (file == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry.encode()).append('\n'));
        try {
            Files.writeString(file, lines, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
