package io.drawdown.kit.openapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The descriptions of the names in the API. {@code common-words.yaml} of kit has those of all services; {@code
 * words.yaml} of a service has its own, which take precedence. A key is the name of a property or parameter, {@code
 * Schema.property} where the name means something else there, or the name of a schema.
 */
final class Words {

    private static final List<String> FILES =
            List.of("META-INF/drawdown/common-words.yaml", "META-INF/drawdown/words.yaml");

    private final Map<String, Word> words;

    private Words(Map<String, Word> words) {
        this.words = words;
    }

    /** What the type of a field does not tell. */
    record Word(
            String description,
            @Nullable Object example,
            @Nullable String pattern,
            @Nullable BigDecimal minimum) {}

    static Words read(ClassLoader classes) {
        YAMLMapper yaml = new YAMLMapper();
        Map<String, Word> words = new HashMap<>();
        try {
            for (String name : FILES) {
                for (URL file : Collections.list(classes.getResources(name))) {
                    words.putAll(yaml.readValue(file, new TypeReference<Map<String, Word>>() {}));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Words(words);
    }

    Optional<Word> of(String name) {
        return Optional.ofNullable(words.get(name));
    }

    Optional<Word> of(String owner, String name) {
        return of(owner + "." + name).or(() -> of(name));
    }
}
