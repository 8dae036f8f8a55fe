package dev.gimbal.web.openapi;

import dev.gimbal.ExampleService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service as a stranger starts it, for tests that write to it. One for all of them: the
/// examples need the collection `plates` and the model `plates-rivae` as they are.
final class FreshService {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static FreshService shared;

    private final ConfigurableApplicationContext context = ExampleService.start();
    private final HttpClient client = HttpClient.newHttpClient();

    static synchronized FreshService shared() {
        if (shared == null) {
            shared = new FreshService();
        }
        return shared;
    }

    /// A request as it is sent.
    ///
    /// @param body empty for none
    record Call(String method, String target, String contentType, byte[] body) {
        static Call of(String method, String target) {
            return new Call(method, target, "", new byte[0]);
        }

        static Call json(String method, String target, JsonNode body) {
            return new Call(
                    method,
                    target,
                    "application/json",
                    body.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return "%s %s %s %s"
                    .formatted(
                            method,
                            target,
                            contentType,
                            text.substring(0, Math.min(500, text.length())));
        }
    }

    HttpResponse<byte[]> send(Call call) {
        BodyPublisher body =
                call.body().length == 0 && call.contentType().isEmpty()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(call.body());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + call.target()))
                        .timeout(Duration.ofSeconds(60))
                        .method(call.method(), body);
        if (!call.contentType().isEmpty()) {
            request.header("Content-Type", call.contentType());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(call.toString(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String target) {
        return JSON.readTree(send(Call.of("GET", target)).body());
    }

    /// Waits until an operation has finished.
    JsonNode await(String operation) {
        while (true) {
            JsonNode state = get("/v1/operations/" + operation);
            if (!"QUEUED RUNNING".contains(state.path("state").asString())) {
                return state;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
