package io.drawdown.kit.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** The JSON of HTTP. It is the same, but strict: a field that a client sends and nobody reads is a mistake. */
@Singleton
public final class HttpJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        Json.configureStrictly(mapper);
    }
}
