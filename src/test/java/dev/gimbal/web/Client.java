package dev.gimbal.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls a service on this machine over HTTP.
public abstract class Client {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();

    /// Where it listens.
    protected abstract int port();

    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    public HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a call came to.
    public record Reply(int status, HttpResponse<byte[]> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Reply get(String path) {
        return reply(request(path).GET());
    }

    public Reply delete(String path) {
        return reply(request(path).DELETE());
    }

    public Reply post(String path, String json) {
        return reply(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    public Reply patch(String path, String json) {
        return reply(
                request(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(json)));
    }

    public Reply put(String path, String json) {
        return reply(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    public Reply reply(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = send(request.build());
        return new Reply(response.statusCode(), response);
    }

    /// Uploads lines and waits for the operation.
    public JsonNode upload(String collection, String lines) {
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

    public JsonNode await(String operation) {
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
}
