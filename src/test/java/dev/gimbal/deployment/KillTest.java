package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `kill -9` at random moments of uploads and of re-embedding, half of the time of the embedded
/// PostgreSQL too. Nothing that was acknowledged is lost, nothing is there twice or in part, and
/// repeating what was interrupted completes it.
///
/// `./mvnw test -Dtest=KillTest -Dgimbal.kills=100` kills so often, and writes
/// `docs/results/kills.md`.
class KillTest {
    private static final int ITEMS = 600;
    private static final int LATEST_MILLIS = 2500;
    private static final String COLLECTION = "/v1/collections/killed";
    private static final ModelBundle[] MODELS = {TinyModels.sprites(31), TinyModels.sprites(32)};

    private final int kills = Integer.getInteger("gimbal.kills", 2);
    private final Random random = new Random(kills);
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Map<Integer, String> hashes = new HashMap<>();
    private int lost;
    private int doubled;
    private int torn;
    private int underWay;
    private int writes;

    @TempDir private Path folder;

    @Test
    void nothingIsLostAndNothingIsThereTwice() throws IOException {
        ServiceProcess service = started();
        try {
            for (ModelBundle model : MODELS) {
                service.install(model);
            }
            assertThat(
                            service.put(
                                            COLLECTION,
                                            "{\"model\":\"" + MODELS[0].fingerprint() + "\"}")
                                    .status())
                    .isEqualTo(201);
            upload(service, 0);
            for (int round = 1; round <= kills; round++) {
                String operation = begin(service, round);
                putUntilKilled(service, round);
                service = started();
                examine(service, operation);
                repeat(service, round);
                if (System.getProperty("gimbal.kills") != null) {
                    write(round); // so far
                }
            }
        } finally {
            service.close();
        }
        assertThat(List.of(lost, doubled, torn)).as("lost, double, in part").containsOnly(0);
    }

    private ServiceProcess started() {
        return ServiceProcess.Plan.embedded(folder).ready();
    }

    /// Odd rounds upload, even ones re-embed.
    private String begin(ServiceProcess service, int round) {
        if (round % 2 == 1) {
            return service.submit("killed", lines(round));
        }
        Reply accepted =
                service.put(
                        COLLECTION, "{\"model\":\"" + MODELS[round / 2 % 2].fingerprint() + "\"}");
        assertThat(accepted.status()).isEqualTo(202);
        return accepted.header("Location");
    }

    /// Single writes go on beside it, each acknowledged by itself, until the kill.
    private void putUntilKilled(ServiceProcess service, int round) throws IOException {
        Thread killer = killer(service, random.nextInt(LATEST_MILLIS), random.nextBoolean());
        try {
            while (true) {
                int item = random.nextInt(ITEMS);
                JsonNode line = Service.JSON.readTree(line(item, round));
                String id = line.get("id").stringValue();
                Reply reply =
                        service.put(
                                COLLECTION + "/items?id=" + id,
                                "{\"values\":%s,\"attributes\":%s}"
                                        .formatted(line.get("values"), line.get("attributes")));
                if (reply.status() == 200) {
                    acknowledged.put(id, round);
                    writes++;
                }
            }
        } catch (UncheckedIOException killed) {
            join(killer);
        }
    }

    private Thread killer(ServiceProcess service, int millis, boolean databaseToo) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        Thread.sleep(millis);
                        ProcessHandle database = database();
                        service.kill();
                        if (databaseToo) {
                            database.destroyForcibly();
                            database.onExit().join();
                        }
                    } catch (InterruptedException | IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProcessHandle database() throws IOException {
        Path file = folder.resolve("home/postgres/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private void examine(ServiceProcess service, String operation) {
        JsonNode state = service.get(operation).json();
        if (!state.get("state").stringValue().equals("SUCCEEDED")) {
            underWay++;
            assertThat(state.get("error").stringValue()).isEqualTo("interrupted by a restart");
        }
        Map<String, JsonNode> found = search(service);
        for (int i = 0; i < ITEMS; i++) {
            JsonNode hit = found.get("item-" + i);
            int written = hit == null ? -1 : hit.get("attributes").get("round").intValue();
            lost += written < acknowledged.getOrDefault("item-" + i, 0) ? 1 : 0;
            torn += hit == null || isWhole(hit) ? 0 : 1;
        }
        int stored = service.get(COLLECTION).json().get("items").intValue();
        doubled += stored - found.size();
    }

    /// An item's picture and attributes are of one write: the same `n` means the same picture.
    private boolean isWhole(JsonNode hit) {
        String hash = hit.get("contentHash").stringValue();
        int n = hit.get("attributes").get("n").intValue();
        return hash.equals(hashes.computeIfAbsent(n, _ -> hash));
    }

    /// Every hit once; another one of the same id counts as double.
    private Map<String, JsonNode> search(ServiceProcess service) {
        String picture = Service.base64(Service.png("square", 1));
        JsonNode answer =
                service.post(
                                COLLECTION + "/query",
                                "{\"query\":[{\"image\":\"" + picture + "\"}],\"k\":1000}")
                        .json();
        Map<String, JsonNode> found = new HashMap<>();
        Set<String> seen = new HashSet<>();
        answer.get("hits")
                .forEach(hit -> {
                    String id = hit.get("id").stringValue();
                    doubled += seen.add(id) ? 0 : 1;
                    found.put(id, hit);
                });
        return found;
    }

    /// What was interrupted is asked for again, and comes to its end.
    private void repeat(ServiceProcess service, int round) {
        if (round % 2 == 1) {
            upload(service, round);
        } else {
            String model = MODELS[round / 2 % 2].fingerprint();
            Reply reply = service.put(COLLECTION, "{\"model\":\"" + model + "\"}");
            if (reply.status() == 202) {
                assertThat(service.await(reply.header("Location")).get("state").stringValue())
                        .isEqualTo("SUCCEEDED");
            }
            assertThat(service.get(COLLECTION).json().get("model").stringValue()).isEqualTo(model);
        }
        Map<String, JsonNode> found = search(service);
        lost += ITEMS - found.size();
    }

    private void upload(ServiceProcess service, int round) {
        assertThat(service.upload("killed", lines(round)).get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        for (int i = 0; i < ITEMS; i++) {
            acknowledged.put("item-" + i, round);
        }
    }

    private static String lines(int round) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            lines.append(line(i, round)).append('\n');
        }
        return lines.toString();
    }

    /// Each round gives an item another picture.
    private static String line(int item, int round) {
        int n = (item + 7 * round) % ITEMS;
        return "{\"id\":\"item-%d\",\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"n\":%d,\"round\":%d}}"
                .formatted(item, Service.base64(Service.png("oval", n)), n, round);
    }

    private void write(int round) throws IOException {
        Files.writeString(
                Path.of("docs/results/kills.md"),
                """
                # Results: kills

                Written by `./mvnw test -Dtest=KillTest -Dgimbal.kills=%d`: a service with its embedded PostgreSQL and a collection
                of %d items is killed (`kill -9`) at a random moment of an upload of all items (odd rounds) or of re-embedding
                them by another model (even rounds), within %.1f s of its begin, half of the time PostgreSQL with it; single writes
                go on beside it until the kill.%s

                | | |
                | --- | --- |
                | kills | %d |
                | of them while the operation was under way | %d |
                | single writes that were acknowledged | %d |
                | acknowledged writes lost | %d |
                | items there twice | %d |
                | items there in part | %d |
                """
                        .formatted(
                                kills,
                                ITEMS,
                                LATEST_MILLIS / 1e3,
                                round < kills ? " It was stopped before its end." : "",
                                round,
                                underWay,
                                writes,
                                lost,
                                doubled,
                                torn));
    }
}
