package io.drawdown.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The code blocks of a page: each {@code sh} block with the {@code text} block that follows it, if one does. */
record Readme(List<Step> steps) {

    /** @param expected the output that the page shows; empty if it shows none */
    record Step(String commands, List<String> expected) {}

    static Readme read(Path page) {
        List<Step> steps = new ArrayList<>();
        List<String> block = new ArrayList<>();
        String language = "";
        for (String line : lines(page)) {
            if (line.startsWith("```")) {
                close(language, block, steps);
                language = language.isEmpty() ? line.substring(3).strip() + " " : "";
                block = new ArrayList<>();
            } else {
                block.add(line);
            }
        }
        return new Readme(List.copyOf(steps));
    }

    private static void close(String language, List<String> block, List<Step> steps) {
        switch (language.strip()) {
            case "sh" -> steps.add(new Step(String.join("\n", block), List.of()));
            case "text" -> {
                if (!steps.isEmpty() && steps.getLast().expected().isEmpty()) {
                    steps.set(steps.size() - 1, new Step(steps.getLast().commands(), List.copyOf(block)));
                }
            }
            default -> {
                // prose, or a block that is not run
            }
        }
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
