package dev.gimbal.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal query`: what a running service finds, as JSON.
@Command(
        name = "query",
        description = "Searches a collection of a running service.",
        mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--samples", description = "samples of z; default: its mean")
    private @Nullable Integer samples;

    @Override
    public Integer call() throws IOException {
        ObjectNode body = input.body();
        if (samples != null) {
            body.put("samples", samples);
        }
        System.out.println(service.post(input.path("query"), body).toPrettyString());
        return 0;
    }
}
