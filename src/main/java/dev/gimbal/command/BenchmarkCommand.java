package dev.gimbal.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal benchmark`: has a running service measure one of its models, and prints the result.
@Command(
        name = "benchmark",
        description = "Measures a model of a running service on a data set's test split.",
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();

    @Option(names = "--model", required = true, description = "name or fingerprint")
    private String model = "";

    @Option(
            names = "--dataset",
            required = true,
            description = "whose test split is searched, such as sprites")
    private String dataset = "";

    @Option(names = "--size", defaultValue = "1000", description = "items of a search set")
    private int size;

    @Option(names = "--draws", defaultValue = "10", description = "search sets drawn")
    private int draws;

    @Option(names = "--seed", defaultValue = "1", description = "of the draws")
    private long seed;

    @Override
    public Integer call() throws IOException {
        ObjectNode body =
                RemoteService.JSON
                        .createObjectNode()
                        .put("model", model)
                        .put("dataset", dataset)
                        .put("size", size)
                        .put("draws", draws)
                        .put("seed", seed);
        JsonNode accepted = service.post("/v1/benchmarks", body);
        JsonNode done = service.await(accepted.path("operation").asString());
        if (!done.path("state").asString().equals("SUCCEEDED")) {
            System.err.println(done.toPrettyString());
            return 1;
        }
        String benchmark = accepted.path("benchmark").asString();
        System.out.println(service.get("/v1/benchmarks/" + benchmark).toPrettyString());
        return 0;
    }
}
