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
import dev.gimbal.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service on a port of its own, over a real embedded PostgreSQL, with a client beside
/// it. One for all tests of a JVM; tests keep apart by collection names.
public final class Service extends Client implements AutoCloseable {
    static final Sprites SPRITES = new Sprites(1);
    static final ModelBundle SPRITES_MODEL = TinyModels.sprites(1);
    static final ModelBundle OTHER_SPRITES_MODEL = TinyModels.sprites(2);
    static final ModelBundle VECTORS_MODEL = TinyModels.vectors(1);
    static final ModelBundle DMVAE_MODEL = TinyModels.digits(Family.DMVAE, 1);
    static final ModelBundle MMVAE_MODEL = TinyModels.digits(Family.MMVAE, 1);

    private static Service shared;
    private static Service guarded;

    private final ConfigurableApplicationContext context;
    private final int port;

    private Service() throws IOException {
        String home = Files.createTempDirectory("gimbal-web-test").toString();
        context =
                new SpringApplicationBuilder(GimbalApplication.class)
                        .run(
                                "--server.port=0",
                                "--management.server.port=0",
                                "--gimbal.home=" + home,
                                "--gimbal.examples=false");
        port = ((WebServerApplicationContext) context).getWebServer().getPort();
        Models models = context.getBean(Models.class);
        for (ModelBundle bundle :
                new ModelBundle[] {
                    SPRITES_MODEL, OTHER_SPRITES_MODEL, VECTORS_MODEL, DMVAE_MODEL, MMVAE_MODEL
                }) {
            models.put(bundle);
        }
    }

    private Service(Service beside, String... settings) {
        this(beside.bean(EmbeddedDatabase.class), settings);
    }

    private Service(EmbeddedDatabase database, String... settings) {
        this(
                new String[] {
                    "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.user(),
                    "--spring.datasource.password=" + database.password()
                },
                settings);
    }

    private Service(String[] database, String... settings) {
        List<String> options = new ArrayList<>(List.of(database));
        options.addAll(
                List.of(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--gimbal.examples=false"));
        context =
                new SpringApplicationBuilder(GimbalApplication.class)
                        .properties(settings)
                        .run(options.toArray(String[]::new));
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

    public static synchronized Service shared() {
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

    /// A service over a database of the test's, at first without models.
    static Service over(PostgresServer server, String database) {
        return new Service(server.options(database));
    }

    /// Where its operators look.
    Client management() {
        int own =
                context.getEnvironment()
                        .getRequiredProperty("local.management.port", Integer.class);
        return new Client() {
            @Override
            protected int port() {
                return own;
            }
        };
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

    @Override
    protected int port() {
        return port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
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

    public static String ovalLine(int i) {
        return "{\"id\":\"oval/%d\",\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"n\":%d}}"
                .formatted(i, base64(png("oval", i)), i);
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// A test sprite as PNG.
    public static byte[] png(String modality, int i) {
        float[] pixels = SPRITES.example(Split.TEST, i).values().get(modality).numbers();
        return ImageWriter.png(pixels, SPRITES.modality(modality));
    }
}
