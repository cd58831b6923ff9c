package io.drawdown.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The links, paths, commands and classes that the documents name exist. */
class DocumentsTest {

    private static final Path ROOT = Suite.ROOT;
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?");
    private static final Pattern CLASS = Pattern.compile("([A-Z][a-z]+)+");
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
    private static final Pattern TEST = Pattern.compile("-Dtest=(\\w+)");
    private static final Pattern COMMAND = Pattern.compile("\\./drawdown ([a-z]+)");

    /** Folders that a build or a run creates. */
    private static final Set<String> MADE = Set.of("target", ".drawdown");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> found = docs.filter(page -> page.toString().endsWith(".md"))
                    .collect(Collectors.toCollection(ArrayList::new));
            found.addAll(
                    List.of(ROOT.resolve("README.md"), ROOT.resolve("AGENTS.md"), ROOT.resolve("clients/README.md")));
            modules()
                    .map(module -> module.resolve("README.md"))
                    .filter(Files::exists)
                    .forEach(found::add);
            return found.stream();
        }
    }

    static Stream<Path> pagesThatNameClasses() {
        return Stream.of(
                        "README.md",
                        "AGENTS.md",
                        "docs/architecture.md",
                        "docs/correctness.md",
                        "docs/threat-model.md",
                        "simulator/README.md")
                .map(ROOT::resolve);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkHasATarget(Path page) throws IOException {
        // When
        List<String> dead = named(page, LINK)
                .filter(target -> !target.contains(":"))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .toList();
        // Then
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPathIsInTheRepository(Path page) throws IOException {
        // Given
        Set<String> tops = names(ROOT);
        // When
        List<String> missing = named(page, CODE)
                .filter(PATH.asMatchPredicate())
                .filter(path -> path.contains("/") && tops.contains(top(path)) && !MADE.contains(top(path)))
                .filter(path -> !path.contains("/target/") && !Files.exists(ROOT.resolve(path)))
                .toList();
        // Then
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pagesThatNameClasses")
    void everyNamedClassIsASourceFile(Path page) throws IOException {
        // Given
        Set<String> sources = sources().keySet();
        // When
        List<String> missing = Stream.concat(named(page, CODE), named(page, TEST))
                .filter(CLASS.asMatchPredicate())
                .filter(name -> !sources.contains(name))
                .toList();
        // Then
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pagesThatNameClasses")
    void everyNamedMethodIsInItsSourceFile(Path page) throws IOException {
        // Given
        Map<String, Path> sources = sources();
        // When
        List<String> missing = MEMBER.matcher(Files.readString(page))
                .results()
                .filter(found -> lacks(sources.get(found.group(1)), found.group(2)))
                .map(MatchResult::group)
                .toList();
        // Then
        assertThat(missing).isEmpty();
    }

    /** A page may also name methods of classes that are not in the sources. */
    private static boolean lacks(@Nullable Path source, String method) {
        return source != null && !read(source).contains(" " + method + "(");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyNamedCommandOfTheScriptExists(Path page) throws IOException {
        // Given
        String script = Files.readString(ROOT.resolve("drawdown"));
        Set<String> sources = sources().keySet();
        // When
        List<String> unknown = named(page, COMMAND)
                .filter(command -> !command.equals("help"))
                .filter(command -> !sources.contains(
                        command.substring(0, 1).toUpperCase(Locale.ROOT) + command.substring(1) + "Command"))
                .filter(command -> !script.contains("\n" + command + ")\n"))
                .toList();
        // Then
        assertThat(unknown).isEmpty();
    }

    @Test
    void theReadmeLinksEveryPageOfTheDocs() throws IOException {
        // Given
        Set<String> linked = named(ROOT.resolve("README.md"), LINK).collect(Collectors.toSet());
        // When
        List<String> lost = names(ROOT.resolve("docs")).stream()
                .map(name -> "docs/" + name)
                .filter(page -> !linked.contains(page))
                .toList();
        // Then
        assertThat(lost).isEmpty();
    }

    private static Stream<String> named(Path page, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(page)).results().map(found -> found.group(1));
    }

    private static String top(String path) {
        return path.substring(0, path.indexOf('/'));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static Stream<Path> modules() throws IOException {
        return Stream.concat(names(ROOT).stream(), Stream.of("clients/java"))
                .map(ROOT::resolve)
                .filter(folder -> Files.exists(folder.resolve("pom.xml")));
    }

    /** All sources by their simple names. */
    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        for (Path module : modules().toList()) {
            if (Files.exists(module.resolve("src"))) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> sources.put(simpleName(file), file));
                }
            }
        }
        return sources;
    }

    private static String simpleName(Path source) {
        String name = source.getFileName().toString();
        return name.substring(0, name.length() - ".java".length());
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
