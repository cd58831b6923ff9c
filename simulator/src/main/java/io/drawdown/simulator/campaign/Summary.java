package io.drawdown.simulator.campaign;

import io.drawdown.simulator.campaign.Campaign.Tally;
import io.drawdown.simulator.history.Act;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.world.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A campaign as a table: how much was played, and how often each fault and each outcome occurred. */
public final class Summary {

    private static final String ACT = "act ";

    private Summary() {}

    public static List<String> of(Scene scene, Tally tally) {
        long steps = Math.max(1, tally.steps());
        List<String> lines = new ArrayList<>();
        lines.add(row("histories", tally.histories()));
        lines.add(row("steps", tally.steps()));
        lines.add(row("mean steps", tally.histories() == 0 ? 0 : tally.steps() / tally.histories()));
        lines.add(row("seconds", tally.duration().toSeconds()));
        lines.add("");
        lines.add("faults");
        Counts counts = tally.counts();
        for (Act act : scene.acts()) {
            if (act.isFault()) {
                long times = counts.of(ACT + act.name());
                lines.add(
                        row("  " + act.name(), times) + String.format(Locale.ROOT, "%7.1f %%", 100.0 * times / steps));
            }
        }
        lines.add("");
        lines.add("outcomes");
        for (Map.Entry<String, Long> each : counts.all().entrySet()) {
            if (!each.getKey().startsWith(ACT)) {
                lines.add(row("  " + each.getKey(), each.getValue()));
            }
        }
        return lines;
    }

    private static String row(String name, long number) {
        return String.format(Locale.ROOT, "%-42s %,13d", name, number);
    }
}
