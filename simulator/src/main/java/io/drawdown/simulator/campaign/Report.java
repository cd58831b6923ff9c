package io.drawdown.simulator.campaign;

import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.History.Outcome;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.history.ScriptText;
import io.drawdown.simulator.world.Findings.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report of a history that broke an invariant; the same to the byte on every machine.
 *
 * @param script the shortest script that breaks the same invariant
 */
public record Report(List<String> lines, List<String> script) {

    private static final int MOST_RUNS = 2_000;
    private static final int WIDTH = 200;

    /** Plays the failing script again, then many shorter ones. */
    public static Report of(Script failing, Finding found, String repeatCommand, boolean isWhole) {
        Outcome first = History.of(failing, false);
        Finding finding = first.finding();
        if (finding == null || !finding.equals(found)) {
            return notRepeated(failing, found);
        }
        String invariant = finding.invariant();
        Script began =
                new Script(failing.scene(), failing.seed(), failing.steps().subList(0, first.steps()));
        Script shrunk = Shrinker.shrink(began, shorter -> breaks(shorter, invariant), MOST_RUNS);
        Outcome last = History.of(shrunk, true);

        List<String> lines = new ArrayList<>();
        lines.add("Broken: " + invariant);
        lines.add("  at " + seconds(finding) + ", after step " + first.steps() + ": " + finding.detail());
        lines.add("");
        lines.add("Repeat: " + repeatCommand);
        lines.add("");
        lines.add("Shrunk from " + failing.steps().size() + " steps to "
                + shrunk.steps().size() + ":");
        lines.addAll(timeLine(last, isWhole));
        lines.add("");
        lines.add("As a script:");
        List<String> text = ScriptText.write(shrunk);
        lines.addAll(text);
        List<String> saved = new ArrayList<>(List.of("# " + invariant));
        saved.addAll(text);
        return new Report(lines, saved);
    }

    /** Reports a fault of the simulator: something in it does not come from the seed. */
    private static Report notRepeated(Script failing, Finding found) {
        return new Report(
                List.of(
                        "Broken, but not again when it was repeated: " + found.invariant(),
                        "  at " + seconds(found) + ": " + found.detail(),
                        "Seed: " + failing.seed()),
                ScriptText.write(failing));
    }

    private static boolean breaks(Script script, String invariant) {
        Finding finding = History.of(script, false).finding();
        return finding != null && finding.invariant().equals(invariant);
    }

    /** The history line by line, and its result. */
    static List<String> timeLine(Outcome outcome, boolean isWhole) {
        List<String> lines = new ArrayList<>();
        outcome.lines().forEach(line -> lines.add(isWhole ? line : clip(line)));
        Finding finding = outcome.finding();
        if (finding == null) {
            lines.add("All invariants held over " + outcome.steps() + " steps.");
        } else {
            lines.add("At " + seconds(finding) + " it broke: " + finding.invariant());
            lines.add("  " + finding.detail());
        }
        return lines;
    }

    private static String clip(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    private static String seconds(Finding finding) {
        return String.format(Locale.ROOT, "%.3f s", finding.nanos() / 1e9);
    }
}
