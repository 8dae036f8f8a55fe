package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gimbal.store.ApiKey.Scope;
import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import tools.jackson.databind.JsonNode;

/// A service that asks for keys, and what is tried against it.
class KeysApiTest {
    private static final Service SERVICE = Service.guarded();
    private static final ApiKeys KEYS = SERVICE.bean(ApiKeys.class);
    private static final String OWN = "/v1/collections/keyed";
    private static final String OTHER = "/v1/collections/keyed-other";
    private static final String QUERY = "{\"query\":[{\"itemId\":\"oval/1\"}],\"k\":1}";

    private static final String READER = key(Scope.READ);
    private static final String WRITER = key(Scope.WRITE);
    private static final String ADMIN = key(Scope.ADMIN);
    private static final String OWN_READER = key(Scope.READ, "keyed");
    private static final String OWN_ADMIN = key(Scope.ADMIN, "keyed");

    @BeforeAll
    static void collections() {
        Service.shared().ovals("keyed", 5);
        Service.shared().ovals("keyed-other", 5);
    }

    @Test
    void aServiceForOthersDoesNotStartWithoutAKey() throws IOException {
        ApiKeys none = new ApiKeys(Store.shared().database);
        none.list().forEach(key -> none.revoke(key.id()));
        ServerProperties everywhere = new ServerProperties();
        ServerProperties loopback = new ServerProperties();
        loopback.setAddress(InetAddress.getByName("127.0.0.1"));
        SecuritySettings plain = new SecuritySettings(false, 100, null, null);

        assertThatThrownBy(() -> new KeyRule(everywhere, plain, none))
                .isInstanceOf(KeysMissingException.class)
                .hasMessageContaining("every address")
                .hasMessageContaining("no API key");
        assertThatThrownBy(() ->
                        new KeyRule(loopback, new SecuritySettings(true, 100, null, null), none))
                .isInstanceOf(KeysMissingException.class);
        assertThat(new KeyRule(loopback, plain, none).required()).isFalse();
        none.create("one", Scope.READ, List.of());
        assertThat(new KeyRule(everywhere, plain, none).required()).isTrue();
    }

    @Test
    void anOperatorsFirstKeyIsTakenWhereThereIsNone() {
        ApiKeys keys = new ApiKeys(Store.shared().database);
        keys.list().forEach(key -> keys.revoke(key.id()));
        String first = "gk_0123456789ab_" + "A".repeat(43);
        ServerProperties everywhere = new ServerProperties();

        new KeyRule(everywhere, new SecuritySettings(false, 100, first, null), keys);

        assertThat(keys.authenticate(first).orElseThrow().scope()).isEqualTo(Scope.ADMIN);
        keys.revoke("0123456789ab");
        assertThatThrownBy(() ->
                        new KeyRule(everywhere, new SecuritySettings(false, 100, "me", null), keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gk_");
    }

    @Test
    void withoutAKeyThereIsOnlyThePageAndWhetherTheServiceLives() {
        for (String path :
                List.of(
                        "/v1/models",
                        "/v1/collections",
                        OWN,
                        OWN + "/items/export",
                        "/v1/keys",
                        "/actuator/prometheus",
                        "/actuator/health",
                        "/v3/api-docs",
                        "/v3/api-docs.yaml",
                        "/%761/models",
                        "/v1;a=b/models")) {
            Service.Reply reply = SERVICE.get(path);
            assertThat(reply.status()).as(path).isIn(400, 401);
            assertThat(reply.response().body()).asString().doesNotContain("fingerprint");
        }
        assertThat(SERVICE.get("/v1/models").header("WWW-Authenticate"))
                .contains("Basic", "Bearer");
        assertThat(SERVICE.get("/livez").status()).isEqualTo(200);
        assertThat(SERVICE.get("/").status()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsNoneIsRefusedEverywhereAndNotRepeated() {
        for (String header :
                List.of(
                        "Bearer " + READER.substring(0, READER.length() - 1) + "!",
                        "Bearer " + READER.substring(0, 16) + ADMIN.substring(16),
                        "Bearer gk_000000000000_" + "A".repeat(43),
                        "Bearer ' OR TRUE --",
                        "Bearer",
                        "Basic ####",
                        "Digest x")) {
            Service.Reply reply = get("/v1/models", header);
            assertThat(reply.status()).as(header).isEqualTo(401);
            assertThat(reply.response().body()).asString().doesNotContain("gk_", "OR TRUE");
        }
    }

    @Test
    void aScopeIncludesThoseBeforeIt() {
        String line = Service.ovalLine(7).replace("oval/7", "extra");
        assertThat(SERVICE.postAs(READER, OWN + "/query", QUERY).status()).isEqualTo(200);
        assertThat(SERVICE.postAs(READER, OWN + "/queries", "[" + QUERY + "]").status())
                .isEqualTo(200);
        assertRefused(SERVICE.putAs(READER, OWN + "/items?id=extra", line), "scope");
        assertRefused(delete(READER, OWN + "/items?id=extra"), "scope");
        assertThat(SERVICE.putAs(WRITER, OWN + "/items?id=extra", line).status()).isEqualTo(200);
        assertThat(delete(WRITER, OWN + "/items?id=extra").status()).isEqualTo(204);
        assertRefused(delete(WRITER, OWN), "scope");
        assertRefused(SERVICE.putAs(WRITER, "/v1/collections/keyed-new", "{}"), "scope");
        assertRefused(SERVICE.postAs(WRITER, "/v1/models", "{}"), "scope");
        assertRefused(SERVICE.postAs(WRITER, "/v1/benchmarks", "{}"), "scope");
        assertRefused(get("/v1/keys", "Bearer " + WRITER), "scope");
    }

    @Test
    void aKeyOfAnotherCollectionReachesNothingOfThisOne() {
        assertThat(SERVICE.postAs(OWN_READER, OWN + "/query", QUERY).status()).isEqualTo(200);
        for (String path :
                List.of(OTHER, OTHER + "/items", OTHER + "/items/export", OTHER + "/factors")) {
            assertRefused(get(path, "Bearer " + OWN_ADMIN), "collection");
        }
        assertRefused(SERVICE.postAs(OWN_ADMIN, OTHER + "/query", QUERY), "collection");
        assertRefused(
                SERVICE.postAs(OWN_ADMIN, "/v1/collections/keyed%2Dother/query", QUERY),
                "collection");
        assertRefused(delete(OWN_ADMIN, OTHER), "collection");
        assertRefused(get("/v1/keys", "Bearer " + OWN_ADMIN), "collection");
        assertRefused(
                SERVICE.postAs(OWN_ADMIN, "/v1/keys", "{\"name\":\"x\",\"scope\":\"admin\"}"),
                "collection");
        assertRefused(get("/v1/operations", "Bearer " + OWN_ADMIN), "collection");
        assertRefused(SERVICE.postAs(OWN_ADMIN, "/v1/models", "{}"), "collection");
        for (String path :
                List.of(
                        "/v1/collections/keyed/../keyed-other",
                        "/v1/collections/keyed%2F..%2Fkeyed-other")) {
            assertThat(raw(path, OWN_ADMIN))
                    .as(path)
                    .contains("HTTP/1.1 4")
                    .doesNotContain("modalities");
        }
        JsonNode listed = get("/v1/collections", "Bearer " + OWN_READER).json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("name").stringValue()).isEqualTo("keyed");
    }

    @Test
    void anyKeyOpensTheDescriptionOfTheApi() {
        for (String key : List.of(READER, OWN_READER, ADMIN)) {
            assertThat(get("/v3/api-docs", "Bearer " + key).json().path("openapi").asString())
                    .isEqualTo("3.1.0");
        }
    }

    @Test
    void keysAreMadeListedAndRevokedAndNeverShownAgain() {
        Service.Reply made =
                SERVICE.postAs(
                        ADMIN,
                        "/v1/keys",
                        "{\"name\":\"n\",\"scope\":\"write\",\"collections\":[\"keyed\"]}");
        assertThat(made.status()).isEqualTo(201);
        String text = made.json().get("text").stringValue();
        String id = made.json().get("key").get("id").stringValue();
        assertThat(SERVICE.postAs(text, OWN + "/query", QUERY).status()).isEqualTo(200);
        String list = get("/v1/keys", "Bearer " + ADMIN).json().toString();
        assertThat(list).contains(id).doesNotContain(text.substring(16)).doesNotContain("hash");
        assertThat(delete(ADMIN, "/v1/keys/" + id).status()).isEqualTo(204);
        assertThat(SERVICE.postAs(text, OWN + "/query", QUERY).status()).isEqualTo(401);
        assertThat(delete(ADMIN, "/v1/keys/" + id).status()).isEqualTo(404);
        assertThat(SERVICE.postAs(ADMIN, "/v1/keys", "{\"name\":\"n\",\"scope\":\"all\"}").status())
                .isEqualTo(422);
        assertThat(SERVICE.postAs(ADMIN, "/v1/keys", "{\"scope\":\"read\"}").status())
                .isEqualTo(422);
    }

    @Test
    void aBrowserMayPresentAKeyAsAPasswordButNotFromAnotherSite() {
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("me:" + WRITER).getBytes(StandardCharsets.US_ASCII));
        assertThat(get("/v1/models", basic).status()).isEqualTo(200);
        Service.Reply forged =
                SERVICE.reply(
                        SERVICE.request(OWN + "/items?id=oval%2F1")
                                .header("Authorization", basic)
                                .header("Origin", "https://evil.example")
                                .DELETE());
        assertThat(forged.status()).isEqualTo(403);
    }

    @Test
    void aKeyThatAsksTooMuchIsToldWhenToComeBack() {
        String key = key(Scope.READ, "keyed");
        String batch = "[" + (QUERY + ",").repeat(59) + QUERY + "]";
        assertThat(SERVICE.postAs(key, OWN + "/queries", batch).status()).isEqualTo(200);
        Service.Reply refused = SERVICE.postAs(key, OWN + "/queries", batch);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(SERVICE.postAs(READER, OWN + "/query", QUERY).status()).isEqualTo(200);
    }

    private static String key(Scope scope, String... collections) {
        return KEYS.create("test", scope, List.of(collections)).text();
    }

    private static void assertRefused(Service.Reply reply, String field) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().get("field").stringValue()).isEqualTo(field);
    }

    private static Service.Reply get(String path, String authorization) {
        return SERVICE.reply(SERVICE.request(path).header("Authorization", authorization).GET());
    }

    private static Service.Reply delete(String key, String path) {
        return SERVICE.reply(
                SERVICE.request(path).header("Authorization", "Bearer " + key).DELETE());
    }

    /// A request as it stands: a client would tidy the path.
    private static String raw(String path, String key) {
        try (Socket socket = new Socket("127.0.0.1", SERVICE.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n")
                            .formatted(path, key)
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
