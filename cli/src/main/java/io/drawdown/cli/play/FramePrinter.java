package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.Frame;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Prints each frame on one line: the client's seconds since the session started, the type, and the fields. */
final class FramePrinter {

    private final PrintStream out;
    private volatile long startedNanos;
    private volatile boolean running;

    FramePrinter(PrintStream out) {
        this.out = out;
    }

    void print(Frame frame) {
        if (frame instanceof Frame.Started && !running) {
            startedNanos = System.nanoTime();
            running = true;
        }
        JsonNode json = frame.toJson();
        StringBuilder line = new StringBuilder();
        line.append(String.format(
                Locale.ROOT, "%8.3f s  %-9s", seconds(), json.path("type").asText()));
        append(line, json);
        out.println(line);
    }

    /** Prints a line of our own between the frames. */
    void say(String text) {
        out.printf(Locale.ROOT, "%8.3f s  %s%n", seconds(), text);
    }

    /** The client's clock since `started` arrived. */
    double seconds() {
        return running ? (System.nanoTime() - startedNanos) / 1e9 : 0;
    }

    private static void append(StringBuilder line, JsonNode node) {
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                append(line, value);
            } else if (!isNoise(field.getKey())) {
                line.append(' ').append(field.getKey()).append('=').append(value.asText());
            }
        }
    }

    private static boolean isNoise(String name) {
        return name.equals("type") || name.equals("resume_token");
    }
}
