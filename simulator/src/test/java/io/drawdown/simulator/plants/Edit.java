package io.drawdown.simulator.plants;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One change of one source file. White space in {@code find} stands for any white space, so that an edit outlives
 * another wrapping of the lines.
 *
 * @param path from the root of the repository
 * @param find a text that is in the file exactly once
 * @param replacement what stands there instead; nothing in it is special
 */
public record Edit(String path, String find, String replacement) {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** The source with this change; fails if the text is not there, or more than once. */
    String applyTo(String source, String plant) {
        List<MatchResult> found = pattern().matcher(source).results().toList();
        if (found.size() != 1) {
            String often = found.isEmpty() ? "is not there" : "is there " + found.size() + " times";
            throw new PlantRotten(plant, path + ": the text to replace " + often + ": " + find);
        }
        MatchResult place = found.getFirst();
        return source.substring(0, place.start()) + replacement + source.substring(place.end());
    }

    private Pattern pattern() {
        return Pattern.compile(
                Arrays.stream(SPACE.split(find.strip(), -1)).map(Pattern::quote).collect(Collectors.joining("\\s+")));
    }
}
