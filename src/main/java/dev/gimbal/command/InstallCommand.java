package dev.gimbal.command;

import dev.gimbal.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `gimbal install`: hands a trained bundle to a running service.
@Command(
        name = "install",
        description = "Installs a bundle in a running service.",
        mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {
    @Mixin private RemoteService service = new RemoteService();

    @Parameters(paramLabel = "BUNDLE", description = "folder of the bundle")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        ModelBundle bundle = ModelBundle.read(folder);
        ObjectNode body =
                RemoteService.JSON
                        .createObjectNode()
                        .put("manifest", bundle.manifestJson())
                        .put("weights", Base64.getEncoder().encodeToString(bundle.weights()));
        System.out.println(service.post("/v1/models", body).toPrettyString());
        return 0;
    }
}
