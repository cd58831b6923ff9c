package io.drawdown.e2e;

import java.util.List;

/**
 * Printed text with placeholders for what differs from run to run: ids, times, measured seconds, and numbers that depend on
 * a checkpoint.
 */
final class NormalisedOutput {

    private NormalisedOutput() {}

    static List<String> of(List<String> printed) {
        return printed.stream().map(NormalisedOutput::line).toList();
    }

    private static String line(String printed) {
        return printed.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>")
                .replaceAll("\\bdemo-[0-9a-f]{8}\\b", "demo-<id>")
                .replaceAll("\\bses_[0-9a-z]{26}\\b", "<session>")
                .replaceAll("\\bchk_[0-9a-z]+\\b", "<check>")
                .replaceAll("\\brun_[0-9a-z]+\\b", "<run>")
                .replaceAll("\"duration_ms\":\\d+", "\"duration_ms\":<n>")
                .replaceAll("\\b\\d+\\.\\d{3} s\\b", "<seconds> s")
                .replaceAll("\\b(seq|balance)=[0-9.]+", "$1=<n>")
                .replaceAll("^rows +\\d+", "rows <n>")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Whether {@code printed} matches the page; a line {@code …} of the page stands for any lines. */
    static boolean matches(List<String> page, List<String> printed) {
        if (page.isEmpty()) {
            return printed.isEmpty();
        }
        List<String> rest = page.subList(1, page.size());
        if (page.getFirst().equals("…")) {
            return matches(rest, printed) || (!printed.isEmpty() && matches(page, printed.subList(1, printed.size())));
        }
        return !printed.isEmpty()
                && page.getFirst().equals(printed.getFirst())
                && matches(rest, printed.subList(1, printed.size()));
    }
}
