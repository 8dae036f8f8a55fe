package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.store.Embeddings;
import dev.gimbal.store.PostgresServer;
import dev.gimbal.store.Store;
import dev.gimbal.store.TestDatabase;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two services over one PostgreSQL answer as one.
@Timeout(300)
class ReplicasTest {
    private static final Duration IN_STEP = Duration.ofSeconds(1);
    private static final ModelBundle MODEL = TinyModels.sprites(11);
    private static final ModelBundle OTHER = TinyModels.sprites(12);

    @TempDir private static Path folder;

    private static PostgresServer server;
    private static ServiceProcess here;
    private static ServiceProcess there;

    private final String name = "c-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        server = PostgresServer.start(folder);
        here = ServiceProcess.Plan.over(server, folder).start();
        here.awaitReady(); // the first one makes the tables
        there = ServiceProcess.Plan.over(server, folder).ready();
        here.install(MODEL);
        there.install(OTHER);
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        server.close();
    }

    private void collection(ServiceProcess service, ModelBundle model, int ovals) {
        String body = "{\"model\":\"" + model.fingerprint() + "\"}";
        assertThat(service.put("/v1/collections/" + name, body).status()).isEqualTo(201);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ovals; i++) {
            lines.append(Service.ovalLine(i)).append('\n');
        }
        if (ovals > 0) {
            assertThat(service.upload(name, lines.toString()).get("state").stringValue())
                    .isEqualTo("SUCCEEDED");
        }
    }

    private Reply ask(ServiceProcess service) {
        String picture = Service.base64(Service.png("square", 1));
        return service.post(
                "/v1/collections/" + name + "/query",
                "{\"query\":[{\"image\":\"" + picture + "\"}],\"k\":1000}");
    }

    private List<String> found(ServiceProcess service) {
        List<String> ids = new ArrayList<>();
        ask(service).json().get("hits").forEach(hit -> ids.add(hit.get("id").stringValue()));
        return ids;
    }

    private static void within(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in step within " + limit).isLessThan(end);
        }
    }

    @Test
    void aWriteThroughOneIsFoundThroughTheOther() {
        collection(here, MODEL, 20);
        assertThat(found(there)).hasSize(20);

        JsonNode line = Service.JSON.readTree(Service.ovalLine(20));
        Reply put =
                there.put(
                        "/v1/collections/" + name + "/items?id=late",
                        "{\"values\":" + line.get("values") + "}");
        assertThat(put.status()).isEqualTo(200);
        within(IN_STEP, () -> found(here).contains("late"));
        assertThat(found(there)).isEqualTo(found(here)).hasSize(21);
    }

    @Test
    void aDeleteThroughOneIsMissedThroughTheOther() {
        collection(here, MODEL, 20);
        assertThat(found(there)).contains("oval/7");

        assertThat(here.delete("/v1/collections/" + name + "/items?id=oval/7").status())
                .isEqualTo(204);
        within(IN_STEP, () -> !found(there).contains("oval/7"));
        assertThat(found(there)).hasSize(19);

        assertThat(there.delete("/v1/collections/" + name).status()).isEqualTo(204);
        within(IN_STEP, () -> ask(here).status() == 404);
    }

    @Test
    void aDeleteIsMissedThoughItsTombstoneIsForgotten() {
        collection(here, MODEL, 20);
        found(there);
        here.delete("/v1/collections/" + name + "/items?id=oval/3");
        try (var pool = TestDatabase.migrated(server.url("postgres"), "postgres", "any")) {
            Embeddings embeddings = new Store(pool).embeddings;
            assertThat(embeddings.forgetTombstones(Duration.ZERO)).isEqualTo(1);
        }
        assertThat(found(there)).hasSize(19).doesNotContain("oval/3");
    }

    @Test
    void aBundleInstalledOnOneIsFetchedByTheOther() {
        ModelBundle fresh = TinyModels.sprites(13);
        here.install(fresh);
        collection(there, fresh, 5);

        assertThat(found(there)).hasSize(5);
        assertThat(ask(there).json().get("model").stringValue()).isEqualTo(fresh.fingerprint());
    }

    @Test
    void aFactorsNewNameReachesBothAndNeitherUndoesTheOthers() {
        ModelBundle renamed = TinyModels.sprites(14);
        here.install(renamed);
        collection(here, renamed, 3);
        found(there);
        String path = "/v1/models/" + renamed.fingerprint();

        assertThat(here.patch(path, "{\"factors\":{\"x\":\"across\"}}").status()).isEqualTo(200);
        within(IN_STEP, () -> turns(there, "across") == 200);
        assertThat(there.patch(path, "{\"factors\":{\"y\":\"down\"}}").status()).isEqualTo(200);

        within(IN_STEP, () -> turns(here, "down") == 200);
        for (ServiceProcess replica : List.of(here, there)) {
            assertThat(turns(replica, "across")).isEqualTo(200);
            assertThat(turns(replica, "down")).isEqualTo(200);
            assertThat(turns(replica, "x")).isEqualTo(422);
        }
    }

    private int turns(ServiceProcess service, String factor) {
        String picture = Service.base64(Service.png("square", 1));
        return service.post(
                        "/v1/collections/" + name + "/manipulations",
                        "{\"query\":[{\"image\":\"%s\"}],\"k\":1,\"offsets\":{\"%s\":1}}"
                                .formatted(picture, factor))
                .status();
    }

    @Test
    void aModelSwapIsSeenByBothAndNoAnswerIsLostOnTheWay() throws Exception {
        collection(here, MODEL, 700);
        found(there);
        AtomicBoolean swapped = new AtomicBoolean();
        List<Integer> statuses = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Thread asking =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!swapped.get()) {
                                Reply reply = ask(there);
                                statuses.add(reply.status());
                                sizes.add(reply.json().path("hits").size());
                            }
                        });
        String body = "{\"model\":\"" + OTHER.fingerprint() + "\"}";
        Reply accepted = here.put("/v1/collections/" + name, body);
        // a long upload through the other replica, under way while the model changes
        StringBuilder lines = new StringBuilder();
        for (int i = 700; i < 1000; i++) {
            lines.append(Service.ovalLine(i)).append('\n');
        }
        JsonNode uploaded = there.upload(name, lines.toString());
        assertThat(here.await(accepted.header("Location")).get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        within(
                IN_STEP,
                () -> ask(there).json().get("model").stringValue().equals(OTHER.fingerprint()));
        swapped.set(true);
        asking.join();

        assertThat(uploaded.get("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(statuses).isNotEmpty().containsOnly(200);
        assertThat(sizes).allMatch(size -> size >= 700);
        assertThat(found(here)).hasSize(1000).isEqualTo(found(there));
    }
}
