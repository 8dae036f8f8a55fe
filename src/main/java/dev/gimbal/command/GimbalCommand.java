package dev.gimbal.command;

import dev.gimbal.web.KeysMissingException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `gimbal`: every job of the program by name; `serve` when none is named.
@Command(
        name = "gimbal",
        description = "Cross-modal retrieval that can be steered.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainCommand.class,
            ImportCommand.class,
            EvaluateCommand.class,
            OracleCommand.class,
            NameCommand.class,
            ReproduceCommand.class,
            InstallCommand.class,
            IngestCommand.class,
            QueryCommand.class,
            TraverseCommand.class,
            CloudsCommand.class,
            BenchmarkCommand.class,
            LoadCommand.class,
            KeyCommand.class
        })
public final class GimbalCommand {

    /// Runs the command that the arguments name.
    ///
    /// @param service starts the service with Spring's arguments
    /// @return the exit status
    public static int execute(Consumer<String[]> service, String... args) {
        CommandLine line = new CommandLine(new GimbalCommand());
        line.addSubcommand(new ServeCommand(service));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((exception, _, _) -> {
            if (NestedExceptionUtils.getMostSpecificCause(exception)
                    instanceof KeysMissingException) {
                return 2; // the service has said so itself
            }
            Optional<String> words = OutsideFault.words(exception);
            if (words.isEmpty()) {
                throw exception;
            }
            System.err.println(words.get());
            return 2;
        });
        String[] named = withDefault(line, args);
        if (!named[0].equals("serve")) {
            quieten();
        }
        return line.execute(named);
    }

    /// On a terminal, what a command prints is what it was asked for.
    private static void quieten() {
        LoggingSystem logging = LoggingSystem.get(GimbalCommand.class.getClassLoader());
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        logging.setLogLevel("ai.djl.util.cuda", LogLevel.ERROR);
    }

    private static String[] withDefault(CommandLine line, String[] args) {
        boolean named =
                args.length > 0
                        && (line.getSubcommands().containsKey(args[0])
                                || !args[0].startsWith("--")
                                || args[0].equals("--help")
                                || args[0].equals("--version"));
        return named
                ? args
                : Stream.concat(Stream.of("serve"), Arrays.stream(args)).toArray(String[]::new);
    }
}
