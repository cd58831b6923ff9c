package io.drawdown.cli.play;

import java.io.PrintStream;
import java.util.Locale;

/** What a demo tells whoever watches: each step with the seconds since the start, what was seen below it, and what did not come. */
final class Narration {

    private final PrintStream out;
    private final long begunNanos = System.nanoTime();
    private boolean allAsExpected = true;

    Narration(PrintStream out) {
        this.out = out;
    }

    /** A step begins. */
    void say(String what) {
        out.printf(Locale.ROOT, "%7.1f  %s%n", (System.nanoTime() - begunNanos) / 1e9, what);
    }

    /** Something of this step was seen. */
    void detail(String what) {
        out.println(("         " + what).stripTrailing());
    }

    void line(String text) {
        out.println(text);
    }

    /** What should be seen now, if it is not. */
    void expect(boolean isSeen, String what) {
        if (!isSeen) {
            allAsExpected = false;
            detail("EXPECTED " + what);
        }
    }

    /** @return 0 if everything was as expected, 1 if not */
    int end() {
        line("");
        line(allAsExpected ? "everything came to its end as expected" : "NOT EVERYTHING CAME TO ITS END AS EXPECTED");
        return allAsExpected ? 0 : 1;
    }
}
