package io.drawdown.tasks;

import io.drawdown.contracts.TaskCancelAsked;
import io.drawdown.contracts.TaskWaiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A record as anybody may put it on a topic of hints.
 *
 * @param type of the event; null: no header says it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Junk(@Nullable String type, byte @Nullable [] key, byte @Nullable [] value) {

    private static final int LARGE = 900_000;
    private static final int DEEP = 100_000;

    static Junk waiting(String value) {
        return new Junk(TaskWaiting.EVENT_TYPE, "k".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    static Junk cancel(String value) {
        return new Junk(TaskCancelAsked.EVENT_TYPE, "k".getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** Everything that is no hint. */
    static List<Junk> all() {
        List<Junk> all = new ArrayList<>();
        byte[] hint = "{\"queue\":\"echo\",\"lane\":\"low\",\"owner\":\"o\"}".getBytes(UTF_8);
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        Stream.of(null, "", "x".repeat(LARGE), "io.drawdown.task.wake.hinted.v2", "io.drawdown.task.completed.v1")
                .forEach(type -> all.add(new Junk(type, null, hint)));
        for (String type : List.of(TaskWaiting.EVENT_TYPE, TaskCancelAsked.EVENT_TYPE)) {
            all.add(new Junk(type, null, null));
            all.add(new Junk(type, noise, noise));
            all.add(new Junk(type, null, new byte[] {'{', '"', (byte) 0xC3, '"', '}'}));
            notJson().forEach(value -> all.add(new Junk(type, null, value.getBytes(UTF_8))));
        }
        noWaiting().map(Junk::waiting).forEach(all::add);
        noCancel().map(Junk::cancel).forEach(all::add);
        return all;
    }

    private static Stream<String> notJson() {
        return Stream.of(
                "",
                " ",
                "{",
                "null",
                "[]",
                "7",
                "true",
                "\"text\"",
                "{}",
                "{\"queue\":\"echo\",\"lane\":\"low\",\"owner\":\"o\"} trailing",
                "{\"queue\":\"echo\",\"lane\":\"low\",\"owner\":\"o\"",
                "x".repeat(LARGE),
                "[".repeat(DEEP),
                "{\"queue\":".repeat(DEEP));
    }

    private static Stream<String> noWaiting() {
        return Stream.of(
                "{\"queue\":\"echo\"}",
                "{\"lane\":\"low\"}",
                "{\"queue\":null,\"lane\":\"low\"}",
                "{\"queue\":5,\"lane\":\"low\"}",
                "{\"queue\":true,\"lane\":\"low\"}",
                "{\"queue\":[\"echo\"],\"lane\":\"low\"}",
                "{\"queue\":{},\"lane\":\"low\"}",
                "{\"queue\":\"echo\",\"lane\":null}",
                "{\"queue\":\"echo\",\"lane\":1}",
                "{\"queue\":\"echo\",\"lane\":\"\"}",
                "{\"queue\":\"echo\",\"lane\":\"LOW\"}",
                "{\"queue\":\"echo\",\"lane\":\"slow\"}",
                "{\"queue\":\"echo\",\"lane\":\"" + "x".repeat(LARGE) + "\"}");
    }

    private static Stream<String> noCancel() {
        return Stream.of(
                "{\"owner\":null}",
                "{\"owner\":5}",
                "{\"owner\":1.5}",
                "{\"owner\":false}",
                "{\"owner\":[\"o\"]}",
                "{\"owner\":{\"id\":\"o\"}}",
                "{\"Owner\":\"o\"}");
    }

    /** All on one partition, so that they are read in their order. */
    ProducerRecord<byte[], byte[]> record(String topic) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, key, value);
        if (type != null) {
            record.headers().add("ce_type", type.getBytes(UTF_8));
        }
        return record;
    }
}
