package io.drawdown.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.UserFacingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of runs in one folder: the figures as JSON, and a page beside it. */
public final class ResultFiles {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Path folder;

    public ResultFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the file of an earlier run.
     *
     * @throws UserFacingException with one line, if it cannot be read or is of another suite
     */
    public static Results read(Path file, String suite) {
        Results results = read(file);
        if (!results.suite().equals(suite)) {
            throw new UserFacingException(file + " is of the suite " + results.suite() + ", not " + suite);
        }
        return results;
    }

    private static Results read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), Results.class);
        } catch (JsonProcessingException e) {
            throw new UserFacingException(file + " is not a file of the bench", e);
        } catch (IOException e) {
            throw new UserFacingException(file + " cannot be read: " + FileFault.reasonOf(e), e);
        }
    }

    /**
     * Keeps the results, and a page of them.
     *
     * @param earlier what they are compared with, if anything
     * @return the file of the figures
     */
    public Path write(Results results, @Nullable Results earlier) {
        String name = results.at().replace(':', '-') + "-" + results.suite();
        Path file = folder.resolve(name + ".json");
        try {
            Files.createDirectories(folder);
            Files.write(file, JSON.writeValueAsBytes(results));
            Files.writeString(folder.resolve(name + ".html"), Page.of(results, earlier));
            return file;
        } catch (IOException e) {
            throw new UserFacingException(file + " cannot be written: " + FileFault.reasonOf(e), e);
        }
    }
}
