package dev.gimbal.web;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an expression of PromQL asks for: metrics, each with the labels that it is selected by.
record PromQl(Map<String, Set<String>> selected) {
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern WORD =
            Pattern.compile("(?<![\\w.$])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*})?(\\s*\\()?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    static PromQl of(String expression) {
        String bare = TEXT.matcher(expression).replaceAll("\"\"");
        bare = RANGE.matcher(GROUPING.matcher(bare).replaceAll(" ")).replaceAll("");
        Map<String, Set<String>> selected = new TreeMap<>();
        Matcher words = WORD.matcher(bare);
        while (words.find()) {
            if (words.group(3) == null && !OPERATORS.contains(words.group(1))) {
                Set<String> labels = selected.computeIfAbsent(words.group(1), _ -> new TreeSet<>());
                if (words.group(2) != null) {
                    LABEL.matcher(words.group(2)).results().forEach(l -> labels.add(l.group(1)));
                }
            }
        }
        return new PromQl(selected);
    }
}
