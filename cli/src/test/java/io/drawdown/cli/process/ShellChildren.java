package io.drawdown.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Children that take no time to start: shell scripts. */
final class ShellChildren {

    private ShellChildren() {}

    /** Reports that it is ready and runs until it is stopped; writes both to a file. */
    static ChildSpec patient(String name, Path diary) {
        return script(name, """
                trap 'echo "$NAME ends" >> "$DIARY"; exit 0' TERM
                echo "$NAME starts" >> "$DIARY"
                echo ready
                while :; do sleep 1 & wait $!; done
                """, diary);
    }

    /** Never gets ready. */
    static ChildSpec stillborn(String name, Path diary) {
        return script(name, "echo 'no such table'; exit 7", diary);
    }

    /** After its first start it gets ready again only when permitted. */
    static ChildSpec slowToReturn(String name, Path diary) {
        return script(name, """
                trap 'echo "$NAME ends" >> "$DIARY"; exit 0' TERM
                if grep -qs "$NAME starts" "$DIARY"; then
                  echo "$NAME returns slowly" >> "$DIARY"
                  while [ ! -e "$DIARY.permitted" ]; do sleep 0.05 & wait $!; done
                fi
                echo "$NAME starts" >> "$DIARY"
                echo ready
                while :; do sleep 1 & wait $!; done
                """, diary);
    }

    static Path permissionToReturn(Path diary) {
        return diary.resolveSibling(diary.getFileName() + ".permitted");
    }

    /** Starts once, and never again. */
    static ChildSpec onlyOnce(String name, Path diary) {
        return script(name, """
                if grep -qs "$NAME starts" "$DIARY"; then echo 'not twice'; exit 9; fi
                echo "$NAME starts" >> "$DIARY"
                echo ready
                while :; do sleep 1 & wait $!; done
                """, diary);
    }

    private static ChildSpec script(String name, String script, Path diary) {
        return new ChildSpec(
                name,
                0,
                List.of("/bin/sh", "-c", script),
                Map.of("NAME", name, "DIARY", diary.toString()),
                new Readiness.Line("ready"));
    }
}
