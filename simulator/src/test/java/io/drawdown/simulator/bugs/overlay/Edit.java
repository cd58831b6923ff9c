package io.drawdown.simulator.bugs.overlay;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change of one source file. White space in {@code find} does not count, so that an edit survives a different wrapping
 * of lines.
 *
 * @param type the class that the file is named after, without {@code io.drawdown.}, e.g. {@code credits.rules.Holds}
 * @param find a text that is in the file exactly once
 * @param replacement the text that replaces it, taken literally
 */
public record Edit(String type, String find, String replacement) {

    private static final Pattern TOKEN = Pattern.compile("[\\w$]+|[^\\w$\\s]");

    /** The source with this change; fails if the text is not there, or more than once. */
    String applyTo(String source, String bug) {
        List<MatchResult> found = pattern().matcher(source).results().toList();
        if (found.size() != 1) {
            String often = found.isEmpty() ? "is not there" : "is there " + found.size() + " times";
            throw new StaleEdit(bug, className() + ": the text to replace " + often + ": " + find);
        }
        MatchResult place = found.getFirst();
        return source.substring(0, place.start()) + replacement + source.substring(place.end());
    }

    /** The class that the file is named after. */
    public String className() {
        return "io.drawdown." + type;
    }

    /** A pattern for the words and signs of the text in this order, with any white space between them. */
    private Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        Matcher tokens = TOKEN.matcher(find);
        boolean wasWord = false;
        while (tokens.find()) {
            boolean isWord = Character.isJavaIdentifierPart(tokens.group().charAt(0));
            if (!pattern.isEmpty()) {
                pattern.append(wasWord && isWord ? "\\s+" : "\\s*");
            }
            pattern.append(Pattern.quote(tokens.group()));
            wasWord = isWord;
        }
        return Pattern.compile(pattern.toString());
    }
}
