package io.drawdown.deploy.observability;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query asks for: the metrics with the labels by which it selects, and the labels by which it groups. It reads tokens, not the
 * grammar: a name is a metric unless what follows makes it a function, it is a word of the language, or it stands in a list of labels.
 */
record PromQl(List<Selector> selectors, Set<String> grouping) {

    /** @param labels those in its braces */
    record Selector(String metric, Set<String> labels) {}

    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    /** What follows the name of a function or an aggregation, and never a metric. */
    private static final Set<String> ENDS_A_FUNCTION = Set.of("(", "by", "without");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|\\[[^]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|\\d[\\w.]*|[(){},]|[^\\s\\w]+?");

    static PromQl of(String query) {
        List<String> tokens =
                TOKEN.matcher(query).results().map(found -> found.group()).toList();
        List<Selector> selectors = new ArrayList<>();
        Set<String> grouping = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (LABEL_LISTS.contains(token)) {
                i += next.equals("(") ? take(tokens.subList(i + 2, tokens.size()), ")", grouping) + 2 : 0;
            } else if (isName(token) && !ENDS_A_FUNCTION.contains(next) && !WORDS.contains(token)) {
                Set<String> labels = new LinkedHashSet<>();
                i += next.equals("{") ? take(tokens.subList(i + 2, tokens.size()), "}", labels) + 2 : 0;
                selectors.add(new Selector(token, labels));
            }
        }
        return new PromQl(List.copyOf(selectors), Set.copyOf(grouping));
    }

    /** Takes the names up to the end of a list; returns how many tokens that were. */
    private static int take(List<String> tokens, String end, Set<String> names) {
        int length = tokens.indexOf(end);
        if (length < 0) {
            throw new IllegalArgumentException("a list without its " + end + ": " + tokens);
        }
        tokens.subList(0, length).stream().filter(PromQl::isName).forEach(names::add);
        return length;
    }

    private static boolean isName(String token) {
        Matcher name = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*").matcher(token);
        return name.matches();
    }
}
