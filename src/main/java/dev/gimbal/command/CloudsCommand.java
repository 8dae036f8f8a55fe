package dev.gimbal.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gimbal clouds`: the words of what is retrieved at the ends and the middle of factors; writes
/// the picture, or prints them.
@Command(
        name = "clouds",
        description = "Shows in words what changes along each factor of a query.",
        mixinStandardHelpOptions = true)
final class CloudsCommand implements Callable<Integer> {
    @Mixin private SweepInput input = new SweepInput();

    @Option(names = "--words", defaultValue = "30", description = "of a cloud (${DEFAULT-VALUE})")
    private int words;

    @Override
    public Integer call() throws IOException {
        input.show("clouds", input.body().put("words", words));
        return 0;
    }
}
