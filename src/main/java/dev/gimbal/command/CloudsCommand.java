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

/// `gimbal clouds`: the words of what is retrieved at the ends and the middle of factors; writes
/// the picture, or prints them.
@Command(
        name = "clouds",
        description = "Shows in words what changes along each factor of a query.",
        mixinStandardHelpOptions = true)
final class CloudsCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();
    @Mixin private QueryInput input = new QueryInput();

    @Option(names = "--factors", split = ",", description = "names or numbers from 0; default: all")
    private List<String> factors = List.of();

    @Option(names = "--words", defaultValue = "30", description = "of a cloud (${DEFAULT-VALUE})")
    private int words;

    @Option(names = "--sheet", description = "PNG file for the clouds")
    private @Nullable Path sheet;

    @Override
    public Integer call() throws IOException {
        ObjectNode body = input.body().put("words", words).put("span", "percentiles");
        if (!factors.isEmpty()) {
            factors.forEach(body.putArray("factors")::add);
        }
        if (sheet == null) {
            System.out.println(service.post(input.path("clouds"), body).toPrettyString());
        } else {
            Files.write(sheet, service.post(input.path("clouds"), body, "image/png"));
        }
        return 0;
    }
}
