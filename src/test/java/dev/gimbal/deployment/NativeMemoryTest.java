package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Modality;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A service whose address space is limited while it runs, so that PyTorch's allocation truly
/// fails.
@Timeout(300)
class NativeMemoryTest {
    private static final ModelBundle HUNGRY = TinyModels.hungry(1);
    private static final ModelBundle MODEST = TinyModels.vectors(1);

    @TempDir private Path folder;

    @Test
    void aRequestThatFindsNoMemoryFailsAloneAndTheServiceLives() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit (util-linux)");
        ServiceProcess.Plan plan = ServiceProcess.Plan.embedded(folder);
        try (ServiceProcess service =
                new ServiceProcess.Plan(
                                folder,
                                List.of(),
                                Map.of("MALLOC_ARENA_MAX", "2"),
                                plan.jvm(),
                                plan.options())
                        .ready()) {
            collection(service, "hungry", HUNGRY);
            collection(service, "modest", MODEST);
            assertThat(hungry(service).status()).isEqualTo(200);
            assertThat(modest(service).status()).isEqualTo(200);

            limit(service, Long.toString(addressSpace(service) + (100L << 20)));
            for (int i = 0; i < 3; i++) {
                Reply refused = hungry(service);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
                assertThat(refused.json().get("detail").stringValue()).contains("enough memory");
                assertThat(modest(service).status()).isEqualTo(200);
            }
            assertThat(service.get("/readyz").status()).isEqualTo(200);

            limit(service, "unlimited");
            assertThat(hungry(service).status()).isEqualTo(200);
        }
    }

    private static void collection(ServiceProcess service, String name, ModelBundle model) {
        service.install(model);
        service.put("/v1/collections/" + name, "{\"model\":\"" + model.fingerprint() + "\"}");
        String lines =
                "{\"id\":\"a\",\"values\":{\"x2\":{\"vector\":[1,2,3,4,5]}}}\n"
                        + "{\"id\":\"b\",\"values\":{\"x2\":{\"vector\":[5,4,3,2,1]}}}\n";
        assertThat(service.upload(name, lines).get("state").stringValue()).isEqualTo("SUCCEEDED");
    }

    private static Reply hungry(ServiceProcess service) {
        byte[] picture =
                ImageWriter.png(new float[256 * 256], Modality.image("picture", 1, 256, 256));
        return service.post(
                "/v1/collections/hungry/query",
                "{\"query\":[{\"image\":\"" + Service.base64(picture) + "\"}]}");
    }

    private static Reply modest(ServiceProcess service) {
        return service.post(
                "/v1/collections/modest/query", "{\"query\":[{\"vector\":[1,2,3,4,5,6]}]}");
    }

    /// Bytes of address space in use.
    private static long addressSpace(ServiceProcess service) throws IOException {
        Path status = Path.of("/proc/" + service.process().pid() + "/status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    private static void limit(ServiceProcess service, String bytes) throws Exception {
        Process prlimit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(service.process().pid()),
                                "--as=" + bytes + ":")
                        .inheritIO()
                        .start();
        assertThat(prlimit.waitFor()).isZero();
    }
}
