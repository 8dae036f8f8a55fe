package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.web.Client.Reply;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A service with the profiles `traces` and `json-logs`, and a collector of the test's own.
@Timeout(300)
class TracesTest {
    private static final ModelBundle MODEL = TinyModels.sprites(71);

    @TempDir private Path folder;

    private final List<byte[]> exported = new CopyOnWriteArrayList<>();

    @Test
    void arrivesAtTheCollectorWithItsStepsAndItsIdInLogsAndMetrics() throws Exception {
        HttpServer collector = collector();
        try (ServiceProcess service =
                ServiceProcess.Plan.embedded(folder)
                        .with(
                                "--spring.profiles.active=traces,json-logs",
                                "--management.tracing.sampling.probability=1",
                                "--management.opentelemetry.tracing.export.schedule-delay=100ms",
                                "--management.opentelemetry.tracing.export.otlp.endpoint="
                                        + "http://127.0.0.1:%d/v1/traces"
                                                .formatted(collector.getAddress().getPort()))
                        .ready()) {
            service.install(MODEL);
            service.put("/v1/collections/traced", "{\"model\":\"" + MODEL.fingerprint() + "\"}");
            service.upload("traced", Service.ovalLine(1) + "\n" + Service.ovalLine(2) + "\n");
            String picture = Service.base64(Service.png("square", 1));
            Reply answer =
                    service.post(
                            "/v1/collections/traced/query",
                            "{\"query\":[{\"image\":\"" + picture + "\"}]}");
            assertThat(answer.status()).isEqualTo(200);

            for (String name :
                    List.of(
                            "http post /v1/collections/{collection}/query",
                            "gimbal.embed",
                            "gimbal.search",
                            "gimbal.fetch")) {
                while (!traces().contains(name)) {
                    ServiceProcess.pause();
                }
            }
            String audited = traceOfTheAudit(service);
            String id = new String(HexFormat.of().parseHex(audited), StandardCharsets.ISO_8859_1);
            while (!traces().contains(id)) {
                ServiceProcess.pause();
            }
            assertThat(exemplars(service))
                    .containsPattern("gimbal_embed_seconds_bucket.* # \\{.*trace_id=");
        } finally {
            collector.stop(0);
        }
    }

    /// What came in, as bytes: names stand in the protocol buffers as they are.
    private String traces() {
        StringBuilder all = new StringBuilder();
        exported.forEach(body -> all.append(new String(body, StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    private HttpServer collector() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/traces",
                exchange -> {
                    exported.add(exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    /// Of the line about the new collection; every line is JSON.
    private static String traceOfTheAudit(ServiceProcess service) {
        return service.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Service.JSON::readTree)
                .filter(line ->
                        line.path("message").asString().startsWith("PUT /v1/collections/traced by"))
                .map(TracesTest::trace)
                .findFirst()
                .orElseThrow(() -> new AssertionError(service.log()));
    }

    private static String trace(JsonNode line) {
        String id = line.path("traceId").asString();
        assertThat(id).as(line.toString()).matches("[0-9a-f]{32}");
        return id;
    }

    private static String exemplars(ServiceProcess service) {
        return new String(
                service.management()
                        .asking(
                                "/actuator/prometheus",
                                "application/openmetrics-text; version=1.0.0; charset=utf-8")
                        .response()
                        .body(),
                StandardCharsets.UTF_8);
    }
}
