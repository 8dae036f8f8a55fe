package dev.gimbal.web;

import dev.gimbal.bundle.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls a service on this machine over HTTP.
public abstract class Client {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();

    /// Where it listens.
    protected abstract int port();

    /// What the commands take by `--url`.
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
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

    public Reply post(String path, String body, String type) {
        return reply(
                request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder as(String key, String path) {
        return request(path).header("Authorization", "Bearer " + key);
    }

    /// Asks with an API key.
    public Reply asked(String key, String path) {
        return reply(as(key, path).GET());
    }

    /// Posts with an API key or a token.
    public Reply postAs(String key, String path, String json) {
        return reply(
                as(key, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    /// Puts with an API key or a token.
    public Reply putAs(String key, String path, String json) {
        return reply(
                as(key, path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    /// Asks for a media type.
    public Reply asking(String path, String accept) {
        return reply(request(path).header("Accept", accept).GET());
    }

    /// Installs a bundle.
    public void install(ModelBundle bundle) {
        String body =
                "{\"manifest\":%s,\"weights\":\"%s\"}"
                        .formatted(
                                JSON.writeValueAsString(bundle.manifestJson()),
                                Base64.getEncoder().encodeToString(bundle.weights()));
        Reply installed = post("/v1/models", body);
        if (installed.status() != 201) {
            throw new IllegalStateException(installed.json().toString());
        }
    }

    /// Uploads lines.
    ///
    /// @return where its operation is
    public String submit(String collection, String lines) {
        Reply accepted =
                post("/v1/collections/" + collection + "/items", lines, "application/x-ndjson");
        if (accepted.status() != 202) {
            throw new IllegalStateException(
                    new String(accepted.response().body(), StandardCharsets.UTF_8));
        }
        return accepted.header("Location");
    }

    /// Uploads lines and waits for the operation.
    public JsonNode upload(String collection, String lines) {
        return await(submit(collection, lines));
    }

    /// Waits until an operation has ended, through outages too.
    public JsonNode await(String operation) {
        while (true) {
            Reply reply = get(operation);
            JsonNode state = reply.json();
            if (reply.status() == 200
                    && !"QUEUED RUNNING".contains(state.get("state").stringValue())) {
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
