package dev.gimbal.command;

import dev.gimbal.dataset.BadInputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal load`: sends one query again and again, and prints medians of where its time goes and
/// the service's resident set, so that speed and memory are seen in one run. With `--minutes` it is
/// a [Soak] instead; with `--overload` it shows what becomes of the service when far more is asked
/// than it can answer ([OverloadRun]). Both write their figures.
@Command(
        name = "load",
        description = "Repeats a query against a running service; prints medians and memory.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final String RESIDENT = "VmRSS:";
    private static final int MOST_AT_ONCE = 2000;
    private static final OperatingSystemMXBean OS = ManagementFactory.getOperatingSystemMXBean();

    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--queries", defaultValue = "10000", description = "how many")
    private int queries;

    @Option(
            names = "--every",
            defaultValue = "10000",
            description = "a line after each so many, and at the end")
    private int every;

    @Option(names = "--pid", description = "the service's process, on this machine")
    private @Nullable Long pid;

    @Option(names = "--minutes", description = "a soak of so many, with uploads beside it")
    private @Nullable Integer minutes;

    @Option(
            names = "--share",
            defaultValue = "0.7",
            description = "of the load that it can carry, in a soak (${DEFAULT-VALUE})")
    private double share;

    @Option(
            names = "--items",
            defaultValue = "512",
            description =
                    "of the collection, uploaded again and again in a soak (${DEFAULT-VALUE})")
    private int items;

    @Option(
            names = "--overload",
            description =
                    "instead: measures capacity, then offers 70 % and ten times of it, so many seconds each")
    private @Nullable Integer overload;

    @Option(names = "--out", description = "folder for the figures of a soak or an overload")
    private @Nullable Path out;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode body = input.body();
        if (minutes != null) {
            return soak(body, minutes);
        }
        if (overload != null) {
            overload(body.toString(), overload);
            return 0;
        }
        repeat(body);
        return 0;
    }

    private void repeat(ObjectNode body) throws IOException {
        requirePositive("queries", queries);
        requirePositive("every", every);
        double[][] times = new double[4][Math.min(every, queries)];
        for (int i = 0; i < queries; i++) {
            JsonNode timing = service.post(input.path("query"), body).path("timing");
            int place = i % every;
            times[0][place] = timing.path("embedMs").asDouble();
            times[1][place] = timing.path("searchMs").asDouble();
            times[2][place] = timing.path("fetchMs").asDouble();
            times[3][place] = timing.path("totalMs").asDouble() - times[0][place] - times[1][place];
            if (place == every - 1 || i == queries - 1) {
                System.out.printf(
                        Locale.ROOT,
                        "%d queries: median ms embed %.2f, search %.2f, fetch %.2f, outside embed and search %.2f%s%n",
                        i + 1,
                        median(times[0], place + 1),
                        median(times[1], place + 1),
                        median(times[2], place + 1),
                        median(times[3], place + 1),
                        memory());
            }
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new BadInputException(option, value, "must be positive");
        }
    }

    private void overload(String body, int seconds) throws IOException, InterruptedException {
        String path = input.path("query");
        OverloadRun run;
        try (QuerySender sender = service.sender(path, body)) {
            run =
                    OverloadRun.measure(
                            new OpenLoop(sender, MOST_AT_ONCE),
                            Duration.ofSeconds(seconds),
                            OS.getSystemLoadAverage());
        }
        System.out.print(run.table());
        if (out != null) {
            Files.writeString(
                    out.resolve("overload.json"),
                    RemoteService.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run)
                            + "\n");
            Files.writeString(out.resolve("overload.md"), page(run));
        }
    }

    private String page(OverloadRun run) {
        return """
        # Results: overload

        Written by `gimbal %s` ([numbers](overload.json)), which
        sends from the machine that the service runs on. Times are from when a request was due until its answer.

        %s
        """
                .formatted(commandLine(), run.table().strip());
    }

    private int soak(ObjectNode body, int minutes) throws IOException, InterruptedException {
        if (pid == null || minutes < 2 || share <= 0) {
            throw new IllegalArgumentException(
                    "a soak needs --pid, at least 2 --minutes and a positive --share");
        }
        String path = input.path("query");
        Soak soak = new Soak(service, () -> service.post(path, body), this::resident);
        double before = OS.getSystemLoadAverage();
        Path lines = Soak.lines(service, input.collection, items);
        Soak.Outcome outcome = soak.run(input.collection, lines, share, minutes);
        String page = page(outcome, before, OS.getSystemLoadAverage());
        System.out.print(page);
        if (out != null) {
            Files.writeString(out.resolve("soak.md"), page);
        }
        return outcome.errors().isEmpty() ? 0 : 1;
    }

    private String commandLine() {
        return String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private String page(Soak.Outcome outcome, double before, double after) {
        return """
        # Results: soak

        Written by `gimbal %s`, on %d processors with a load average of %.1f before and %.1f after it.

        | | |
        | --- | --- |
        | queries a second that it can carry | %.0f |
        | due a second | %.0f |
        | answered a second | %.0f |
        | queries answered | %d |
        | median, 99th percentile of them | %.1f ms, %.1f ms |
        | uploads of %d items beside them | %d |
        | errors | %s |
        | resident memory after minute 1 | %d kB |
        | at the end, minute %d | %d kB, %.3f of that |
        | each minute | %s |
        """
                .formatted(
                        commandLine(),
                        OS.getAvailableProcessors(),
                        before,
                        after,
                        outcome.most(),
                        outcome.rate(),
                        outcome.answeredASecond(),
                        outcome.answered(),
                        outcome.millis()[0],
                        outcome.millis()[1],
                        items,
                        outcome.uploads(),
                        outcome.errors().isEmpty() ? "0" : outcome.errors(),
                        outcome.resident().getFirst(),
                        outcome.resident().size(),
                        outcome.resident().getLast(),
                        outcome.growth(),
                        outcome.resident());
    }

    private String memory() throws IOException {
        return pid == null ? "" : "; resident " + resident() + " kB";
    }

    private long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("process " + pid + " has ended"));
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
