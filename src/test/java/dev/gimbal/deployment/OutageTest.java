package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.store.PostgresServer;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// PostgreSQL goes and comes back under a service that stays.
@Timeout(400)
class OutageTest {
    private static final ModelBundle MODEL = TinyModels.sprites(21);
    private static final String ITEMS = "/v1/collections/ovals/items";
    private static final String PICTURE =
            "[{\"image\":\"" + Service.base64(Service.png("square", 1)) + "\"}]";

    @TempDir private Path folder;

    /// What callers saw while the database was restarted.
    private static final class Load {
        final AtomicBoolean done = new AtomicBoolean();
        final List<Integer> queries = Collections.synchronizedList(new ArrayList<>());
        final List<Reply> refusals = Collections.synchronizedList(new ArrayList<>());
        final Set<String> written = Collections.synchronizedSet(new TreeSet<>());
        final List<Thread> callers = new ArrayList<>();

        Load(ServiceProcess service) {
            callers.add(Thread.ofPlatform().start(() -> ask(service)));
            callers.add(Thread.ofPlatform().start(() -> write(service)));
        }

        private void ask(ServiceProcess service) {
            while (!done.get()) {
                queries.add(query(service).status());
                ServiceProcess.pause();
            }
        }

        private void write(ServiceProcess service) {
            for (int i = 0; !done.get(); i++) {
                Reply reply = put(service, "w" + i);
                if (reply.status() == 200) {
                    written.add("w" + i);
                } else {
                    refusals.add(reply);
                }
                ServiceProcess.pause();
            }
        }

        void awaitAnswer() {
            while (queries.isEmpty()) {
                ServiceProcess.pause();
            }
        }

        void end() throws InterruptedException {
            done.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
        }
    }

    private static Reply query(ServiceProcess service) {
        return service.post(
                "/v1/collections/ovals/query", "{\"query\":" + PICTURE + ",\"k\":1000}");
    }

    private static Reply put(ServiceProcess service, String id) {
        JsonNode values = Service.JSON.readTree(Service.ovalLine(1)).get("values");
        return service.put(ITEMS + "?id=" + id, "{\"values\":" + values + "}");
    }

    private static void fill(ServiceProcess service) {
        service.install(MODEL);
        String body = "{\"model\":\"" + MODEL.fingerprint() + "\"}";
        assertThat(service.put("/v1/collections/ovals", body).status()).isEqualTo(201);
        assertThat(service.upload("ovals", lines(0, 100)).get("state").stringValue())
                .isEqualTo("SUCCEEDED");
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(Service.ovalLine(i)).append('\n');
        }
        return lines.toString();
    }

    @Test
    void queriesGoOnAndWritesComeBackByThemselves() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder);
                ServiceProcess service = ServiceProcess.Plan.over(server, folder).ready()) {
            fill(service);
            String key =
                    service.post("/v1/keys", "{\"name\":\"q\",\"scope\":\"READ\"}")
                            .json()
                            .get("text")
                            .stringValue();
            assertThat(service.asked(key, "/v1/collections").status()).isEqualTo(200);
            Load load = new Load(service);
            load.awaitAnswer(); // what was never asked for is held by nobody
            String upload = service.submit("ovals", lines(100, 900));

            server.stop("fast");
            awaitRefusal(load);
            Reply answer = query(service);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("stale").booleanValue()).isTrue();
            assertThat(answer.json().get("hits")).hasSizeGreaterThanOrEqualTo(100);
            assertThat(
                            service.post(
                                            "/v1/collections/ovals/query",
                                            "{\"query\":" + PICTURE + ",\"samples\":8}")
                                    .status())
                    .as("over samples, from the vectors that the index holds")
                    .isEqualTo(200);
            assertThat(service.get("/livez").status()).isEqualTo(200);
            assertThat(service.get("/readyz").status()).isEqualTo(200);
            assertThat(service.management().get("/actuator/health").json().toString())
                    .contains("OUT_OF_REACH");
            whatNeedsTheDatabaseSaysSo(service);
            assertThat(service.asked(key, "/v1/collections").json().get("detail").stringValue())
                    .as("the key is known, the collections are not")
                    .contains("database");
            assertThat(service.asked("gk_000000000000_" + "a".repeat(43), "/v1/models").status())
                    .as("whether another key counts cannot be told")
                    .isEqualTo(503);

            server.start();
            assertThat(service.await(upload).get("state").stringValue()).isEqualTo("SUCCEEDED");
            awaitWrites(service);
            server.stop("immediate"); // as a crash
            server.start();
            awaitWrites(service);
            load.end();

            assertThat(load.queries).containsOnly(200);
            assertThat(load.refusals)
                    .as(service::log)
                    .isNotEmpty()
                    .allSatisfy(OutageTest::isAProblem);
            JsonNode after = query(service).json();
            assertThat(after.has("stale")).isFalse();
            assertThat(ids(after)).containsAll(load.written).contains("oval/0", "oval/899");
            assertThat(service.get("/v1/collections/ovals").json().get("items").intValue())
                    .isEqualTo(ids(after).size());
        }
    }

    private static void awaitRefusal(Load load) {
        while (load.refusals.isEmpty()) {
            ServiceProcess.pause();
        }
    }

    private static void awaitWrites(ServiceProcess service) {
        while (put(service, "back").status() != 200) {
            ServiceProcess.pause();
        }
    }

    private static void whatNeedsTheDatabaseSaysSo(ServiceProcess service) {
        String ask = "/v1/collections/ovals/query";
        isAProblem(service.post(ask, "{\"query\":[{\"itemId\":\"oval/1\"}]}"));
        isAProblem(service.post(ask, "{\"query\":" + PICTURE + ",\"filter\":{\"n\":3}}"));
        isAProblem(service.post("/v1/collections/ovals/items", "{}", "application/x-ndjson"));
        isAProblem(service.get("/v1/operations"));
    }

    private static void isAProblem(Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    private static Set<String> ids(JsonNode answer) {
        Set<String> ids = new TreeSet<>();
        answer.get("hits").forEach(hit -> ids.add(hit.get("id").stringValue()));
        return ids;
    }
}
