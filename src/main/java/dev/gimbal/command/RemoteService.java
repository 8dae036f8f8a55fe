package dev.gimbal.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running service, as the client commands see it. They share its option by `@Mixin`.
final class RemoteService {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REFUSED = 400;
    private static final long POLL_MILLIS = 200;

    private final HttpClient client = HttpClient.newHttpClient();

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            description = "of the running service (${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:8080");

    /// The answer's body as JSON.
    JsonNode get(String path) throws IOException {
        return json(send(request(path).GET()));
    }

    /// The answer's body as JSON.
    JsonNode post(String path, JsonNode body) throws IOException {
        return post(path, JSON.writeValueAsBytes(body));
    }

    /// The answer's body as JSON.
    ///
    /// @param body JSON too
    JsonNode post(String path, byte[] body) throws IOException {
        return json(
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body))));
    }

    /// One that sends the same query again and again.
    QuerySender sender(String path, String body) {
        return new QuerySender(url.resolve(path), body, key());
    }

    /// Creates or changes something.
    void put(String path, JsonNode body) throws IOException {
        send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body.toString())));
    }

    /// The answer's body as it is.
    byte[] post(String path, JsonNode body, String accept) throws IOException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    /// The first lines of an answer.
    List<String> lines(String path, int count) throws IOException {
        return new String(send(request(path).GET()), StandardCharsets.UTF_8)
                .lines()
                .limit(count)
                .toList();
    }

    /// Sends lines, each of them JSON.
    JsonNode postLines(String path, BodyPublisher lines) throws IOException {
        return json(send(request(path).header("Content-Type", "application/x-ndjson").POST(lines)));
    }

    /// Waits for an operation, telling of its progress.
    JsonNode await(String operation) throws IOException {
        JsonNode last =
                await(
                        operation,
                        state ->
                                System.err.printf(
                                        "\r%s %d of %d ",
                                        state.path("state").asString(),
                                        state.path("done").asLong(),
                                        state.path("total").asLong()));
        System.err.println();
        return last;
    }

    /// Waits for an operation.
    ///
    /// @param watcher hears of each look at it
    /// @return its last state
    JsonNode await(String operation, Consumer<JsonNode> watcher) throws IOException {
        while (true) {
            JsonNode state = get("/v1/operations/" + operation);
            watcher.accept(state);
            String name = state.path("state").asString();
            if (!name.equals("QUEUED") && !name.equals("RUNNING")) {
                return state;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", cause);
    }

    /// A path segment or parameter.
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode json(byte[] answer) throws IOException {
        try {
            return JSON.readTree(answer);
        } catch (JacksonException e) {
            throw new IOException(
                    "what answers at " + url + " is not the service: its answer is no JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path));
        String key = key();
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    /// An option would show in the list of processes.
    private static @Nullable String key() {
        return System.getenv("GIMBAL_KEY");
    }

    private byte[] send(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException(
                    "no service answers at " + url + "; start one with `gimbal serve`", e);
        } catch (IOException e) {
            throw new IOException("the connection to " + url + " broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (response.statusCode() >= REFUSED) {
            throw new IllegalArgumentException(
                    "the service answered "
                            + response.statusCode()
                            + ": "
                            + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }
}
