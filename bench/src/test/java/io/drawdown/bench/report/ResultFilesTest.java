package io.drawdown.bench.report;

import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.cli.process.UserFacingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResultFilesTest {

    private static final Figure RATE = new Figure("Charges", "charge, 64 in flight", 250.5, "op/s", Wanted.MORE);
    private static final Figure P99 = new Figure("Charges", "charge at 100 op/s, p99", 20, "ms", Wanted.LESS);

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsReadAgain() {
        // Given
        Results results = results("core", List.of(RATE, P99));

        // When
        Path file = new ResultFiles(folder.resolve("new")).write(results, null);

        // Then
        assertThat(file).hasFileName("2026-11-29T02-08-16Z-core.json");
        assertThat(ResultFiles.read(file, "core")).isEqualTo(results);
    }

    @Test
    void aFileOfAnotherSuiteIsRefusedInOneLine() {
        // Given
        Path file = new ResultFiles(folder).write(results("store", List.of(RATE)), null);

        // When, Then
        assertThatThrownBy(() -> ResultFiles.read(file, "core"))
                .isInstanceOf(UserFacingException.class)
                .hasMessage(file + " is of the suite store, not core");
    }

    @Test
    void whatIsNoFileOfTheBenchIsRefusedInOneLine() throws IOException {
        // Given
        Path absent = folder.resolve("absent.json");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"suite\":\"core\"}");

        // When, Then
        assertThatThrownBy(() -> ResultFiles.read(absent, "core"))
                .isInstanceOf(UserFacingException.class)
                .hasMessage(absent + " cannot be read: it does not exist");
        assertThatThrownBy(() -> ResultFiles.read(other, "core"))
                .isInstanceOf(UserFacingException.class)
                .hasMessage(other + " is not a file of the bench");
    }

    @Test
    void thePageIsWellFormedHasChartsAndLoadsNothing() throws Exception {
        // Given
        Figure second = new Figure("Charges", "charge at 300 op/s, p99", 900, "ms", Wanted.LESS);
        Figure escaped = new Figure("Charges", "a < b & c", 1, "op/s", Wanted.MORE);
        Results results = results("core", List.of(RATE, escaped, P99, second));

        // When
        String page = Page.of(results, results("core", List.of(RATE, P99, second)));

        // Then
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        page.replace("<!doctype html>", "").getBytes(UTF_8)));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(page).doesNotContain("src=", "href=", "@import", "url(");
    }

    private static Results results(String suite, List<Figure> figures) {
        return new Results(
                suite,
                "2026-11-29T02:08:16Z",
                new Results.Options(5, 3),
                new Machine(2, 1L << 34, "Linux", "25"),
                new Versions(null, "5", "4"),
                "database embedded, broker embedded",
                figures);
    }
}
