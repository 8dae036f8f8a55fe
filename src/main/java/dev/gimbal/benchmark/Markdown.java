package dev.gimbal.benchmark;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A page of Markdown under construction: paragraphs and tables.
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    /// A paragraph or heading of its own.
    void line(String paragraph) {
        text.append(paragraph).append("\n\n");
    }

    /// Begins a table whose first column is text and whose others are numbers.
    void header(String... names) {
        text.append("| ").append(String.join(" | ", names)).append(" |\n");
        text.append("| ---").append(" | ---:".repeat(names.length - 1)).append(" |\n");
    }

    /// A row of the table that was begun last.
    void row(String name, Stream<String> cells) {
        text.append("| ").append(name).append(" | ");
        text.append(cells.collect(Collectors.joining(" | "))).append(" |\n");
    }

    /// Ends a table.
    void endTable() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
