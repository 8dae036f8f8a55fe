package dev.gimbal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
/// the service's resident set, so that speed and memory are seen in one run.
@Command(
        name = "load",
        description = "Repeats a query against a running service; prints medians and memory.",
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    private static final String RESIDENT = "VmRSS:";

    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--queries", defaultValue = "10000", description = "how many")
    private int queries;

    @Option(names = "--every", defaultValue = "10000", description = "a line after each so many")
    private int every;

    @Option(names = "--pid", description = "the service's process, on this machine")
    private @Nullable Long pid;

    @Override
    public Integer call() throws IOException {
        ObjectNode body = input.body();
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
