package dev.gimbal.web;

import dev.gimbal.GimbalApplication;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.family.Family;
import dev.gimbal.store.ApiKey;
import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.EmbeddedDatabase;
import dev.gimbal.store.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service on a port of its own, over a real embedded PostgreSQL, with a client beside
/// it. One for all tests of a JVM; tests keep apart by collection names.
final class Service implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Sprites SPRITES = new Sprites(1);
    static final ModelBundle SPRITES_MODEL = TinyModels.sprites(1);
    static final ModelBundle OTHER_SPRITES_MODEL = TinyModels.sprites(2);
    static final ModelBundle VECTORS_MODEL = TinyModels.vectors(1);
    static final ModelBundle DMVAE_MODEL = TinyModels.digits(Family.DMVAE, 1);
    static final ModelBundle MMVAE_MODEL = TinyModels.digits(Family.MMVAE, 1);

    private static Service shared;
    private static Service guarded;

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private Service() throws IOException {
        String home = Files.createTempDirectory("gimbal-web-test").toString();
        context =
                new SpringApplicationBuilder(GimbalApplication.class)
                        .run("--server.port=0", "--gimbal.home=" + home, "--gimbal.examples=false");
        port = ((WebServerApplicationContext) context).getWebServer().getPort();
        Models models = context.getBean(Models.class);
        for (ModelBundle bundle :
                new ModelBundle[] {
                    SPRITES_MODEL, OTHER_SPRITES_MODEL, VECTORS_MODEL, DMVAE_MODEL, MMVAE_MODEL
                }) {
            models.put(
                    bundle.fingerprint(),
                    bundle.manifest().name(),
                    bundle.manifest().family().id(),
                    bundle.manifestJson(),
                    bundle.weights());
        }
    }

    private Service(Service beside, String... settings) {
        EmbeddedDatabase database = beside.bean(EmbeddedDatabase.class);
        context =
                new SpringApplicationBuilder(GimbalApplication.class)
                        .properties(settings)
                        .run(
                                "--server.port=0",
                                "--gimbal.examples=false",
                                "--spring.datasource.url=" + database.url(),
                                "--spring.datasource.username=" + database.user(),
                                "--spring.datasource.password=" + database.password());
        port = ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    /// A second service over the same database that asks for keys, as on an address for others.
    static synchronized Service guarded() {
        if (guarded == null) {
            shared().bean(ApiKeys.class).create("first", ApiKey.Scope.READ, List.of());
            guarded =
                    new Service(
                            shared(),
                            "gimbal.security.require-keys=true",
                            "gimbal.security.requests-per-minute=100",
                            "gimbal.web.max-body-time=1s");
        }
        return guarded;
    }

    static synchronized Service shared() {
        if (shared == null) {
            try {
                shared = new Service();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /// Another service over the same database, with settings of its own.
    static Service beside(String... settings) {
        return new Service(shared(), settings);
    }

    WebServer webServer() {
        return ((WebServerApplicationContext) context).getWebServer();
    }

    /// Requests with a body that it is working on.
    int busy() {
        return bean(Admission.class).busy();
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    int port() {
        return port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a call came to.
    record Reply(int status, HttpResponse<byte[]> response) {
        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Reply get(String path) {
        return reply(request(path).GET());
    }

    Reply delete(String path) {
        return reply(request(path).DELETE());
    }

    Reply post(String path, String json) {
        return reply(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    Reply put(String path, String json) {
        return reply(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    Reply reply(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = send(request.build());
        return new Reply(response.statusCode(), response);
    }

    /// Uploads lines and waits for the operation.
    JsonNode upload(String collection, String lines) {
        Reply accepted =
                reply(
                        request("/v1/collections/" + collection + "/items")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(lines)));
        if (accepted.status() != 202) {
            throw new IllegalStateException(
                    new String(accepted.response().body(), StandardCharsets.UTF_8));
        }
        return await(accepted.header("Location"));
    }

    JsonNode await(String operation) {
        while (true) {
            JsonNode state = get(operation).json();
            if (!"QUEUED RUNNING".contains(state.get("state").stringValue())) {
                return state;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// A collection of the first test ovals, `oval/0` and so on, made once.
    void ovals(String name, int count) {
        if (get("/v1/collections/" + name).status() == 200) {
            return;
        }
        put("/v1/collections/" + name, "{\"model\":\"" + SPRITES_MODEL.fingerprint() + "\"}");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(ovalLine(i)).append('\n');
        }
        upload(name, lines.toString());
    }

    static String ovalLine(int i) {
        return "{\"id\":\"oval/%d\",\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"n\":%d}}"
                .formatted(i, base64(png("oval", i)), i);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// A test sprite as PNG.
    static byte[] png(String modality, int i) {
        float[] pixels = SPRITES.example(Split.TEST, i).values().get(modality).numbers();
        return ImageWriter.png(pixels, SPRITES.modality(modality));
    }
}
