package io.drawdown.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.drawdown.client.types.Frames;
import io.drawdown.contracts.EndReason;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The client knows every frame, every field and every close code that the service has. */
class FrameRecordsTest {

    private static final Frames FRAMES = new Frames();

    @Test
    void theFramesOfTheServiceHaveTheFieldsOfTheirSchemas() {
        assertThat(fields(Frame.class)).isEqualTo(fields("send"));
    }

    @Test
    void theFramesOfTheClientHaveTheFieldsOfTheirSchemas() {
        // Given: the token goes into the handshake
        Map<String, Collection<String>> described = fields("receive");
        described.remove("authenticate");
        // Then
        assertThat(fields(ClientFrame.class)).isEqualTo(described);
    }

    /** Where a socket closes without a last word: 1012, 1013 and 4029 may pass, the others would not. */
    @ParameterizedTest
    @EnumSource
    void theCodeOfEveryReasonIsKnown(EndReason reason) {
        // When
        boolean again = CloseCodes.mayReconnect(reason.closeCode());
        // Then
        assertThat(again)
                .isEqualTo(
                        switch (reason) {
                            case RESTARTING, OWNER_LOST, UNAVAILABLE, RATE_LIMITED -> true;
                            default -> false;
                        });
    }

    private static Map<String, Collection<String>> fields(String action) {
        Map<String, Collection<String>> fields = new TreeMap<>();
        FRAMES.of(action).forEach(frame -> {
            Collection<String> names = new TreeSet<>();
            frame.schema().path("properties").fieldNames().forEachRemaining(names::add);
            names.remove("type");
            fields.put(frame.type(), names);
        });
        return fields;
    }

    private static Map<String, Collection<String>> fields(Class<?> frames) {
        return Stream.of(frames.getAnnotation(JsonSubTypes.class).value())
                .collect(Collectors.toMap(
                        JsonSubTypes.Type::name, type -> names(type.value()), (a, b) -> a, TreeMap::new));
    }

    private static Collection<String> names(Class<?> frame) {
        SnakeCaseStrategy snake = new SnakeCaseStrategy();
        return Arrays.stream(frame.getRecordComponents())
                .map(RecordComponent::getName)
                .map(snake::translate)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
