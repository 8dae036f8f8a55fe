package dev.gimbal.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gimbal traverse`: turns factors of a query one at a time; writes the contact sheet, or prints
/// the hits.
@Command(
        name = "traverse",
        description = "Turns each factor of a query and shows what is retrieved.",
        mixinStandardHelpOptions = true)
final class TraverseCommand implements Callable<Integer> {
    @Mixin private SweepInput input = new SweepInput();

    @Option(names = "--steps", defaultValue = "9", description = "points of each factor")
    private int steps;

    @Override
    public Integer call() throws IOException {
        input.show("traversals", input.body().put("steps", steps));
        return 0;
    }
}
