package dev.gimbal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `gimbal serve`: the service, until it is stopped. Options of the form `--name=value` are
/// Spring's.
@Command(
        name = "serve",
        description = "Starts the service; options such as --server.port=8888 are passed on.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private final Consumer<String[]> service;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Unmatched private List<String> options = new ArrayList<>();

    ServeCommand(Consumer<String[]> service) {
        this.service = service;
    }

    @Override
    public Integer call() throws InterruptedException {
        for (String option : options) {
            if (!option.startsWith("--")) {
                throw new ParameterException(
                        spec.commandLine(), "unknown argument '" + option + "'");
            }
        }
        service.accept(options.toArray(String[]::new));
        new CountDownLatch(1).await(); // a signal ends the process, and the context with it
        return 0;
    }
}
