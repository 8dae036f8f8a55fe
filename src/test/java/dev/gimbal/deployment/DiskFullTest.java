package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real small file system, in a mount namespace of the service's own, under its embedded
/// PostgreSQL: filled until PostgreSQL can write neither tables nor its log, and emptied again.
@Timeout(400)
class DiskFullTest {
    private static final ModelBundle MODEL = TinyModels.sprites(41);
    private static final String COLLECTION = "/v1/collections/full";
    private static final int REFUSALS = 20;

    @TempDir private Path folder;

    @Test
    void writesAreRefusedWhileTheDiskIsFullAndNothingAcknowledgedIsLost() throws Exception {
        assumeTrue(mayMount(), "needs the right to mount in a namespace of its own");
        Path home = Files.createDirectories(folder.resolve("home"));
        ServiceProcess.Plan plan = ServiceProcess.Plan.embedded(folder);
        try (ServiceProcess service =
                new ServiceProcess.Plan(
                                folder, smallDisk(home), Map.of(), plan.jvm(), plan.options())
                        .ready()) {
            service.install(MODEL);
            service.put(COLLECTION, "{\"model\":\"" + MODEL.fingerprint() + "\"}");
            List<String> written = new ArrayList<>();
            assertThat(put(service, "first").status()).isEqualTo(200);
            written.add("first");
            found(service);
            Path filler = seen(service, home).resolve("filler");
            fill(filler);

            int refused = 0;
            for (int i = 0; refused < REFUSALS; i++) {
                Reply reply = put(service, "full-" + i);
                if (reply.status() == 200) {
                    written.add("full-" + i);
                } else {
                    refused++;
                    assertThat(reply.status()).as(service::log).isEqualTo(503);
                    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
                }
                fill(filler); // what PostgreSQL gives back
            }
            assertThat(found(service)).contains("first");
            assertThat(service.get("/livez").status()).isEqualTo(200);

            Files.delete(filler);
            while (put(service, "after").status() != 200) {
                ServiceProcess.pause();
            }
            written.add("after");
            assertThat(found(service)).containsAll(written);
        }
    }

    private static List<String> smallDisk(Path home) {
        String root = System.getProperty("user.name").equals("root") ? "-m" : "-rm";
        return List.of(
                "unshare",
                root,
                "sh",
                "-c",
                "mount -t tmpfs -o size=360m,mode=700 tmpfs \"$0\" && exec \"$@\"",
                home.toString());
    }

    private boolean mayMount() throws Exception {
        List<String> command = new ArrayList<>(smallDisk(folder));
        command.add("true");
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    /// The home as the service sees it.
    private static Path seen(ServiceProcess service, Path home) {
        return Path.of("/proc/" + service.process().pid() + "/root" + home);
    }

    private static void fill(Path filler) throws IOException {
        byte[] zeros = new byte[4096];
        try (OutputStream out =
                Files.newOutputStream(
                        filler,
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static Reply put(ServiceProcess service, String id) {
        JsonNode values = Service.JSON.readTree(Service.ovalLine(1)).get("values");
        return service.put(
                COLLECTION + "/items?id=" + id,
                "{\"values\":%s,\"attributes\":{\"text\":\"%s\"}}"
                        .formatted(values, "x".repeat(100_000)));
    }

    private static TreeSet<String> found(ServiceProcess service) {
        String picture = Service.base64(Service.png("square", 1));
        Reply answer =
                service.post(
                        COLLECTION + "/query",
                        "{\"query\":[{\"image\":\"" + picture + "\"}],\"k\":1000}");
        assertThat(answer.status()).isEqualTo(200);
        TreeSet<String> ids = new TreeSet<>();
        answer.json().get("hits").forEach(hit -> ids.add(hit.get("id").stringValue()));
        return ids;
    }
}
