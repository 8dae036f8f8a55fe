package dev.gimbal.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal load`: sends one query again and again, and prints medians of where its time goes and
/// the service's resident set, so that speed and memory are seen in one run; or shows what becomes
/// of the service when far more is asked than it can answer ([OverloadRun]).
@Command(
        name = "load",
        description = "Repeats a query against a running service; prints medians and memory.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final String RESIDENT = "VmRSS:";
    private static final int MOST_AT_ONCE = 2000;

    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--queries", defaultValue = "10000", description = "how many")
    private int queries;

    @Option(names = "--every", defaultValue = "10000", description = "a line after each so many")
    private int every;

    @Option(names = "--pid", description = "the service's process, on this machine")
    private @Nullable Long pid;

    @Option(
            names = "--overload",
            description =
                    "instead: measures capacity, then offers 70 % and ten times of it, so many seconds each")
    private @Nullable Integer overload;

    @Option(names = "--out", description = "folder for overload.json and overload.md")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode body = input.body();
        if (overload != null) {
            overload(body.toString(), overload);
            return 0;
        }
        double[][] times = new double[4][every];
        for (int i = 0; i < queries; i++) {
            JsonNode timing = service.post(input.path("query"), body).path("timing");
            int place = i % every;
            times[0][place] = timing.path("embedMs").asDouble();
            times[1][place] = timing.path("searchMs").asDouble();
            times[2][place] = timing.path("fetchMs").asDouble();
            times[3][place] = timing.path("totalMs").asDouble() - times[0][place] - times[1][place];
            if (place == every - 1) {
                System.out.printf(
                        Locale.ROOT,
                        "%d queries: median ms embed %.2f, search %.2f, fetch %.2f, outside embed and search %.2f%s%n",
                        i + 1,
                        median(times[0]),
                        median(times[1]),
                        median(times[2]),
                        median(times[3]),
                        memory());
            }
        }
        return 0;
    }

    private void overload(String body, int seconds) throws IOException, InterruptedException {
        String path = input.path("query");
        OpenLoop loop = new OpenLoop(() -> service.status(path, body), MOST_AT_ONCE);
        OverloadRun run =
                OverloadRun.measure(
                        loop,
                        Duration.ofSeconds(seconds),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.print(run.table());
        if (out != null) {
            Files.writeString(
                    out.resolve("overload.json"),
                    RemoteService.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run)
                            + "\n");
            Files.writeString(out.resolve("overload.md"), page(seconds, run));
        }
    }

    private String page(int seconds, OverloadRun run) {
        return """
        # Results: overload

        Written by `gimbal load --collection %s --overload %d --out docs/results` ([numbers](overload.json)), which
        sends from the machine that the service runs on and so takes part of it. Times are from sending to answer.

        %s
        """
                .formatted(input.collection, seconds, run.table().strip());
    }

    private String memory() throws IOException {
        if (pid == null) {
            return "";
        }
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> "; resident " + line.substring(RESIDENT.length()).strip())
                .findFirst()
                .orElse("");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
