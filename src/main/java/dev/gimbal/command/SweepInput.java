package dev.gimbal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// A query whose factors are turned through their ranges, and where what comes of it goes. Shared
/// by `@Mixin`.
final class SweepInput {
    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--factors", split = ",", description = "names or numbers from 0; default: all")
    private List<String> factors = List.of();

    @Option(names = "--sheet", description = "PNG file for the sheet; default: prints JSON")
    private @Nullable Path sheet;

    /// The request's body so far.
    ObjectNode body() throws IOException {
        ObjectNode body = input.body().put("span", "percentiles");
        if (!factors.isEmpty()) {
            factors.forEach(body.putArray("factors")::add);
        }
        return body;
    }

    /// Asks the service, and writes the picture of its answer or prints it.
    void show(String call, ObjectNode body) throws IOException {
        if (sheet == null) {
            System.out.println(service.post(input.path(call), body).toPrettyString());
        } else {
            Files.write(sheet, service.post(input.path(call), body, "image/png"));
        }
    }
}
