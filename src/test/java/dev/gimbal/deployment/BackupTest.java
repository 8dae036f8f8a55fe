package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.store.PostgresServer;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The steps of `docs/operations.md` and `docs/database.md`: dumped, dropped and restored, or
/// copied and put back, a service gives the same answers; a model is upgraded and rolled back.
@Timeout(400)
class BackupTest {
    private static final ModelBundle MODEL = TinyModels.sprites(61);
    private static final ModelBundle NEXT = TinyModels.sprites(62);
    private static final String COLLECTION = "/v1/collections/kept";

    @TempDir private Path folder;

    @Test
    void aDumpRestoresToTheSameAnswers() throws Exception {
        Path programs = Path.of("/usr/lib/postgresql/15/bin");
        assumeTrue(
                Files.isExecutable(programs.resolve("pg_dump")),
                "needs PostgreSQL 15 with its client: run .ci/install-pgvector");
        try (PostgresServer server = PostgresServer.start(programs, folder)) {
            server.run("createuser", server.client("gimbal"));
            server.run("createdb", server.client("-O", "gimbal", "gimbal"));
            ServiceProcess.Plan plan = ServiceProcess.Plan.over(server, "gimbal", folder);
            String key;
            String before;
            Path dump = folder.resolve("gimbal.dump");
            try (ServiceProcess service = plan.ready()) {
                key = fill(service);
                before = answers(service, key);
                server.run("pg_dump", server.client("-Fc", "-f", dump.toString(), "gimbal"));
            }
            server.run("dropdb", server.client("gimbal"));
            server.run("createdb", server.client("-O", "gimbal", "gimbal"));
            server.run(
                    "pg_restore",
                    server.client("-d", "gimbal", "--exit-on-error", dump.toString()));
            try (ServiceProcess service = plan.ready()) {
                assertThat(answers(service, key)).isEqualTo(before);
                goesOn(service);
            }
        }
    }

    @Test
    void aCopiedHomePutBackGivesTheSameAnswers() throws Exception {
        ServiceProcess.Plan plan = ServiceProcess.Plan.embedded(folder);
        Path home = folder.resolve("home");
        Path copy = folder.resolve("copy");
        String key;
        String before;
        try (ServiceProcess service = plan.ready()) {
            key = fill(service);
            before = answers(service, key);
        }
        run("cp", "-a", home.toString(), copy.toString());
        run("rm", "-r", home.toString());
        run("cp", "-a", copy.toString(), home.toString());
        try (ServiceProcess service = plan.ready()) {
            assertThat(answers(service, key)).isEqualTo(before);
            aModelIsUpgradedAndRolledBackAtOnce(service, key, before);
            goesOn(service);
        }
    }

    private static void aModelIsUpgradedAndRolledBackAtOnce(
            ServiceProcess service, String key, String before) {
        service.install(NEXT);
        JsonNode upgrade = changed(service, NEXT);
        assertThat(upgrade.get("result").get("embedded").intValue()).isEqualTo(40);
        assertThat(answers(service, key)).isNotEqualTo(before);

        JsonNode rollback = changed(service, MODEL);
        assertThat(rollback.get("result").get("embedded").intValue())
                .as("the earlier vectors are still there")
                .isZero();
        assertThat(answers(service, key)).isEqualTo(before);
    }

    private static JsonNode changed(ServiceProcess service, ModelBundle model) {
        Reply accepted = service.put(COLLECTION, "{\"model\":\"" + model.fingerprint() + "\"}");
        assertThat(accepted.status()).isEqualTo(202);
        JsonNode ended = service.await(accepted.header("Location"));
        assertThat(ended.get("state").stringValue()).isEqualTo("SUCCEEDED");
        return ended;
    }

    /// @return an API key
    private static String fill(ServiceProcess service) {
        service.install(MODEL);
        service.put(COLLECTION, "{\"model\":\"" + MODEL.fingerprint() + "\"}");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append(Service.ovalLine(i)).append('\n');
        }
        assertThat(service.upload("kept", lines.toString()).get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        service.patch("/v1/models/" + MODEL.fingerprint(), "{\"factors\":{\"x\":\"across\"}}");
        return service.post("/v1/keys", "{\"name\":\"k\",\"scope\":\"READ\"}")
                .json()
                .get("text")
                .stringValue();
    }

    /// What a caller sees: hits of a query and of a turned knob, payloads, models by key.
    private static String answers(ServiceProcess service, String key) {
        String query =
                "{\"query\":[{\"image\":\"%s\"}],\"k\":40"
                        .formatted(Service.base64(Service.png("square", 1)));
        String turned = query + ",\"offsets\":{\"0\":0.5}}";
        Reply payload = service.get(COLLECTION + "/items/payload?id=oval/3&modality=oval");
        Reply models = service.asked(key, "/v1/models/" + MODEL.fingerprint());
        assertThat(models.status()).isEqualTo(200);
        return Stream.of(
                        service.post(COLLECTION + "/query", query + "}").json().get("hits"),
                        service.post(COLLECTION + "/manipulations", turned).json().get("hits"),
                        models.json())
                .map(String::valueOf)
                .reduce(Service.base64(payload.response().body()), String::concat);
    }

    private static void goesOn(ServiceProcess service) {
        assertThat(service.upload("kept", Service.ovalLine(77) + "\n").get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        assertThat(service.get(COLLECTION).json().get("items").intValue()).isEqualTo(41);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
