import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns what a program prints into an SVG that plays it again, with pauses cut to 1.5 s; without animation it shows the
 * last screen. To record the demo: {@code ./drawdown demo | java cli/Recording.java ./drawdown demo > docs/demo.svg}
 */
public final class Recording {

    private static final int COLUMNS = 108;
    private static final int ROWS = 34;
    private static final int LINE_PIXELS = 18;
    private static final int LONGEST_PAUSE_MILLIS = 1_500;
    private static final int LAST_SCREEN_MILLIS = 9_000;
    private static final String HANGING_INDENT = " ".repeat(22);

    /** One row of the screen, and when it appears. */
    private record Row(long atMillis, String text) {}

    public static void main(String[] command) throws IOException {
        List<Row> rows = new ArrayList<>(List.of(new Row(0, "$ " + String.join(" ", command))));
        long shown = 700;
        long last = System.nanoTime();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.err.println(line);
            long now = System.nanoTime();
            shown += Math.min(LONGEST_PAUSE_MILLIS, (now - last) / 1_000_000);
            last = now;
            String rest = line;
            while (rest.length() > COLUMNS) {
                int space = rest.lastIndexOf(' ', COLUMNS);
                int end = space > HANGING_INDENT.length() ? space : COLUMNS;
                rows.add(new Row(shown, rest.substring(0, end)));
                rest = HANGING_INDENT + rest.substring(end).strip();
            }
            rows.add(new Row(shown, rest));
        }
        print(rows, shown + LAST_SCREEN_MILLIS, new PrintStream(System.out, false, StandardCharsets.UTF_8));
    }

    private static void print(List<Row> rows, long duration, PrintStream out) {
        int width = COLUMNS * 8 + 32;
        int height = ROWS * LINE_PIXELS + 24;
        out.printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">%n<style>%n", width, height);
        out.println("text{font:13px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d7dde5;white-space:pre}");
        out.printf("g,text{animation:%d.%03ds steps(1,end) infinite}%n", duration / 1000, duration % 1000);
        out.printf("g{animation-name:scroll;transform:translateY(%dpx)}%n@keyframes scroll{0%%{transform:none}", top(rows.size()));
        for (int row = ROWS; row < rows.size(); row++) {
            out.printf("%s{transform:translateY(%dpx)}", percent(rows.get(row), duration), top(row + 1));
        }
        out.println("}");
        rows.stream().map(Row::atMillis).distinct().filter(at -> at > 0).forEach(at -> out.printf(
                ".t%d{animation-name:t%<d}@keyframes t%<d{0%%{opacity:0}%s{opacity:1}}%n", at, percent(new Row(at, ""), duration)));
        out.println("@media(prefers-reduced-motion:reduce){g,text{animation:none}}\n</style>");
        out.printf("<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#12171e\"/>%n", width, height);
        out.printf("<svg y=\"12\" width=\"%d\" height=\"%d\"><g>%n", width, ROWS * LINE_PIXELS);
        for (int row = 0; row < rows.size(); row++) {
            String text = rows.get(row).text().replace("&", "&amp;").replace("<", "&lt;");
            out.printf("<text class=\"t%d\" x=\"16\" y=\"%d\">%s</text>%n", rows.get(row).atMillis(), row * LINE_PIXELS + 13, text);
        }
        out.println("</g></svg>\n</svg>");
        out.flush();
    }

    private static int top(int rows) {
        return -Math.max(0, rows - ROWS) * LINE_PIXELS;
    }

    private static String percent(Row row, long duration) {
        return String.format(Locale.ROOT, "%.2f%%", 100.0 * row.atMillis() / duration);
    }
}
