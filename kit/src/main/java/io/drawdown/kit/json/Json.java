package io.drawdown.kit.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;

/**
 * The JSON of events, frames and internal calls: snake_case, times as ISO 8601, exact numbers, no coercion. Unknown
 * fields are ignored, so that fields can be added. A missing field is an error unless it is {@code @Nullable}.
 */
public final class Json {

    private static final ObjectMapper MAPPER = configure(new ObjectMapper());
    private static final ObjectMapper STRICT = configureStrictly(new ObjectMapper());
    private static final ObjectMapper CANONICAL = configure(JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build());

    private Json() {}

    /**
     * Gives the mapper the rules of the wire and returns it. Its buffers are shared by all threads: by default each thread keeps its
     * own, as long as the longest text that it has read, and thousands of threads of handlers would.
     */
    public static ObjectMapper configure(ObjectMapper mapper) {
        mapper.getFactory().setRecyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
        for (LogicalType type : List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
            refuse(mapper, type, CoercionInputShape.String, CoercionInputShape.EmptyString);
        }
        refuse(mapper, LogicalType.Boolean, CoercionInputShape.Integer);
        refuse(
                mapper,
                LogicalType.Textual,
                CoercionInputShape.Integer,
                CoercionInputShape.Float,
                CoercionInputShape.Boolean);
        refuse(mapper, LogicalType.DateTime, CoercionInputShape.EmptyString, CoercionInputShape.Integer);
        return mapper.registerModule(new JavaTimeModule())
                .registerModule(new ExactValues())
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * Gives the mapper the rules for what a client sends: an unknown field or a field given twice is a mistake too,
     * and a text is one line without control characters.
     */
    public static ObjectMapper configureStrictly(ObjectMapper mapper) {
        return configure(mapper)
                .registerModule(new PlainText())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
    }

    private static void refuse(ObjectMapper mapper, LogicalType type, CoercionInputShape... shapes) {
        for (CoercionInputShape shape : shapes) {
            mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail);
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** Equal values give equal bytes: fields are sorted, and numbers are written as their types write them. */
    public static byte[] canonical(Object value) {
        try {
            return CANONICAL.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** @throws UnreadableException with the reason in one line, if it is not the JSON of a complete {@code type} */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return complete(MAPPER.readValue(json, type));
        } catch (IOException e) {
            throw new UnreadableException(oneLine(e), e);
        }
    }

    /**
     * Reads by the rules for what a client sends.
     *
     * @throws UnreadableException with the reason in one line, if it is not exactly the JSON of a complete {@code
     * type}
     */
    public static <T> T readStrictly(String json, Class<T> type) {
        try {
            return complete(STRICT.readValue(json, type));
        } catch (IOException e) {
            throw new UnreadableException(oneLine(e), e);
        }
    }

    private static <T> T complete(T value) {
        String missing = RequiredFields.firstMissing(value);
        if (missing != null) {
            throw new UnreadableException("missing: " + missing, null);
        }
        return value;
    }

    private static String oneLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
