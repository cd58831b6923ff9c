package io.drawdown.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The module for browsers is small, needs nothing, and is described whole. */
class BrowserModuleTest {

    private static final Pattern EXPORT = Pattern.compile("(?m)^export (?:async )?(?:function|class|const) (\\w+)");
    private static final Pattern MEMBER =
            Pattern.compile("(?m)^  (?:readonly )?(?:/\\*\\*.*\\*/ )?(\\w+)(?:<[^>]*>)?[(:; =].*$");

    @Test
    void isSmallAndWithoutDependencies() throws IOException {
        // When
        byte[] module = Files.readAllBytes(BrowserSubject.MODULE);
        List<String> lines = Files.readAllLines(BrowserSubject.MODULE);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(module);
        }
        System.out.printf("drawdown.js: %d lines, %d bytes, %d gzip%n", lines.size(), module.length, zipped.size());
        // Then
        assertThat(lines).hasSizeLessThanOrEqualTo(300).noneMatch(line -> line.startsWith("import "));
        assertThat(zipped.size()).isLessThanOrEqualTo(5_000);
    }

    @Test
    void itsTypesDescribeWhatItExports() throws IOException {
        // When
        List<String> exported = names(EXPORT, Files.readString(BrowserSubject.MODULE));
        String types = Files.readString(BrowserSubject.MODULE.resolveSibling("drawdown.d.ts"));
        // Then
        assertThat(names(EXPORT, types)).containsExactlyInAnyOrderElementsOf(exported);
        String declared = types.substring(types.indexOf("export class"));
        String made = Files.readString(BrowserSubject.MODULE);
        assertThat(names(MEMBER, declared))
                .isNotEmpty()
                .allMatch(member -> member.equals("private")
                        || made.contains("\n  " + member + "(")
                        || made.contains("*/ " + member));
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }
}
