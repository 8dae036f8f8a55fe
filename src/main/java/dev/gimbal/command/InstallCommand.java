package dev.gimbal.command;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.web.WebSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
        byte[] body =
                RemoteService.JSON.writeValueAsBytes(
                        RemoteService.JSON
                                .createObjectNode()
                                .put("manifest", bundle.manifestJson())
                                .put("weights", bundle.weights()));
        advice(body.length).ifPresent(System.err::println);
        System.out.println(service.post("/v1/models", body).toPrettyString());
        return 0;
    }

    /// What to do about a bundle that a service refuses which was told nothing else: it travels
    /// whole, its weights in base64.
    ///
    /// @param bytes of the body
    static Optional<String> advice(long bytes) {
        DataSize usual = DataSize.parse(WebSettings.USUAL_BULK_BODY);
        return bytes <= usual.toBytes()
                ? Optional.empty()
                : Optional.of(
                        "the bundle is a body of more than %d MB, which a service takes that was started with --gimbal.web.max-bulk-body=%dMB or more"
                                .formatted(
                                        usual.toMegabytes(),
                                        DataSize.ofBytes(bytes).toMegabytes() + 1));
    }
}
