package dev.gimbal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal traverse`: turns factors of a query one at a time; writes the contact sheet, or prints
/// the hits.
@Command(
        name = "traverse",
        description = "Turns each factor of a query and shows what is retrieved.",
        mixinStandardHelpOptions = true)
final class TraverseCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--factors", split = ",", description = "names or numbers from 0; default: all")
    private List<String> factors = List.of();

    @Option(names = "--steps", defaultValue = "9", description = "points of each factor")
    private int steps;

    @Option(names = "--sheet", description = "PNG file for the contact sheet")
    private @Nullable Path sheet;

    @Override
    public Integer call() throws IOException {
        ObjectNode body = input.body().put("steps", steps).put("span", "percentiles");
        if (!factors.isEmpty()) {
            factors.forEach(body.putArray("factors")::add);
        }
        if (sheet == null) {
            System.out.println(service.post(input.path("traversals"), body).toPrettyString());
        } else {
            Files.write(sheet, service.post(input.path("traversals"), body, "image/png"));
        }
        return 0;
    }
}
