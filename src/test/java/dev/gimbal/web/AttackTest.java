package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.store.ApiKey;
import dev.gimbal.store.ApiKeys;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// What an attacker would try, one case each, beside those that stand with what they are about: SQL
/// and JSON paths in filters (`FilterApiTest`), DNS rebinding and forms of other sites
/// (`BadInputApiTest`), keys of other collections (`KeysApiTest`).
@ExtendWith(OutputCaptureExtension.class)
class AttackTest {
    private static final Service SERVICE = Service.shared();
    private static final String OWN = "/v1/collections/attacked";
    private static final String QUERY = "{\"query\":[{\"itemId\":\"oval/1\"}],\"k\":3}";

    @BeforeAll
    static void ovals() {
        SERVICE.ovals("attacked", 12);
    }

    @AfterEach
    void theServiceStillAnswers() {
        assertThat(SERVICE.post(OWN + "/query", QUERY).json().get("hits")).hasSize(3);
    }

    @Test
    void pathsThatLeadOutOfTheServiceLeadNowhere() throws IOException {
        for (String path :
                List.of(
                        "/../application.yaml",
                        "/css/../../application.yaml",
                        "/css/..%2f..%2fapplication.yaml",
                        "/%2e%2e/%2e%2e/etc/passwd",
                        "/..;/..;/etc/passwd",
                        "/css/%5c..%5c..%5capplication.yaml",
                        "/v1/collections/..%2f..%2fetc%2fpasswd",
                        "//etc/passwd",
                        "/css//../..//application.yaml")) {
            assertThat(raw(SERVICE, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 4")
                    .doesNotContain("root:", "datasource", "spring:");
        }
    }

    @Test
    void idsAndNamesThatArePathsStayNames() {
        String id = "..%2F..%2F..%2Ftmp%2Fgimbal-attack";
        assertThat(
                        SERVICE.put(
                                        OWN + "/items?id=" + id,
                                        Service.ovalLine(1)
                                                .replace("oval/1", "../../../tmp/gimbal-attack"))
                                .status())
                .isEqualTo(200);
        assertThat(java.nio.file.Path.of("/tmp/gimbal-attack")).doesNotExist();
        assertThat(SERVICE.get(OWN + "/items/payload?modality=oval&id=" + id).response().body())
                .isEqualTo(Service.png("oval", 1));
        assertThat(SERVICE.delete(OWN + "/items?id=" + id).status()).isEqualTo(204);
        for (String name : List.of("..", "a%00b", ".hidden", "a%20b")) {
            assertThat(
                            SERVICE.put("/v1/collections/" + name, "{\"model\":\"tiny-sprites\"}")
                                    .status())
                    .as(name)
                    .isBetween(400, 422);
        }
    }

    @Test
    void aBundleThatNamesOtherFilesIsNotRead() {
        String manifest = Service.SPRITES_MODEL.manifestJson();
        for (String forged :
                List.of(
                        manifest.replace("\"tiny-sprites\"", "\"../../../tmp/gimbal-attack\""),
                        manifest.replace("\"mlp\"", "\"torchscript\""),
                        manifest.replace("\"rivae\"", "\"java.lang.Runtime\""),
                        manifest.replaceFirst("[0-9a-f]{64}", "../../../../etc/passwd"))) {
            int status =
                    SERVICE.post("/v1/models", bundle(forged, Service.SPRITES_MODEL.weights()))
                            .status();
            assertThat(status).isIn(201, 400, 422);
            assertThat(java.nio.file.Path.of("/tmp/gimbal-attack")).doesNotExist();
        }
    }

    @Test
    void weightsThatAreABombAreRefused() throws IOException {
        byte[] header =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,9223372036854775807]}}"
                        .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer huge = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        huge.putLong(header.length).put(header);
        ByteBuffer longHeader = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        longHeader.putLong(Long.MAX_VALUE);
        for (byte[] weights : List.of(huge.array(), longHeader.array(), zip())) {
            Service.Reply reply =
                    SERVICE.post(
                            "/v1/models", bundle(Service.SPRITES_MODEL.manifestJson(), weights));
            assertThat(reply.status()).isEqualTo(422);
        }
    }

    @Test
    void aCompressedBodyIsNotInflated() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 64; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        Service.Reply reply =
                SERVICE.reply(
                        SERVICE.request(OWN + "/query")
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void picturesThatAreBombsAreRefusedByTheirHeaders() throws IOException {
        Map<String, byte[]> bombs =
                Map.of("png", png(60_000, 60_000), "jpeg", jpeg(65_500), "webp", webp(16_383));
        for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
            long start = System.nanoTime();
            Service.Reply reply = ask(bomb.getValue());
            assertThat(reply.status()).as(bomb.getKey()).isEqualTo(422);
            assertThat(reply.json().get("field").stringValue()).isEqualTo("query[0].image");
            assertThat(reply.json().get("detail").stringValue())
                    .as(bomb.getKey())
                    .contains("larger than the 25000000 pixels");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aPictureWhoseTextInflatesToAGigabyteCostsNothing() throws IOException {
        byte[] picture = Service.png("square", 1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("bomb\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream out = new DeflaterOutputStream(text)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 1024; i++) {
                out.write(block);
            }
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        int afterHeader = 8 + 4 + 4 + 13 + 4;
        bomb.write(picture, 0, afterHeader);
        bomb.write(chunk("zTXt", text.toByteArray()));
        bomb.write(picture, afterHeader, picture.length - afterHeader);
        assertThat(ask(bomb.toByteArray()).status()).isEqualTo(200);
    }

    @Test
    void manyLargePicturesAtOnceAreDecodedFewAtATime() throws IOException {
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4_900, 4_900, BufferedImage.TYPE_BYTE_GRAY), "png", large);
        try (Service roomy = Service.beside("gimbal.web.max-concurrent=12");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<Integer>> answers =
                    IntStream.range(0, 12)
                            .mapToObj(_ ->
                                    threads.submit(() -> ask(roomy, large.toByteArray()).status()))
                            .toList();
            for (java.util.concurrent.Future<Integer> answer : answers) {
                assertThat(answer).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(200);
            }
        }
    }

    @Test
    void aScriptInAPayloadIsNeverServedAsOne() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(Service.png("oval", 2));
        both.write("<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII));
        String value =
                "{\"values\":{\"oval\":{\"image\":\"%s\"}},\"attributes\":{\"<script>alert(1)</script>\":1}}";
        assertThat(
                        SERVICE.put(
                                        OWN + "/items?id=script",
                                        value.formatted(base64(both.toByteArray())))
                                .status())
                .isEqualTo(200);
        Service.Reply payload = SERVICE.get(OWN + "/items/payload?id=script&modality=oval");
        assertThat(payload.header("Content-Type")).isEqualTo("image/png");
        assertThat(payload.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(payload.header("Content-Security-Policy"))
                .isEqualTo("sandbox; default-src 'none'");
        assertThat(SERVICE.get(OWN + "/items?id=script").header("Content-Type"))
                .startsWith("application/json");
        SERVICE.delete(OWN + "/items?id=script");
        for (String markup :
                List.of(
                        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                        "<!doctype html><script>alert(1)</script>",
                        "GIF89a/*<script>*/=1;alert(1)")) {
            assertThat(
                            SERVICE.put(
                                            OWN + "/items?id=markup",
                                            value.formatted(
                                                    base64(
                                                            markup.getBytes(
                                                                    StandardCharsets.US_ASCII))))
                                    .status())
                    .as(markup)
                    .isEqualTo(422);
        }
    }

    @Test
    void aScriptInAnAddressIsNotReflected() throws IOException {
        for (String path :
                List.of(
                        "/%3Cscript%3Ealert(1)%3C/script%3E",
                        "/v1/models/%3Cscript%3E", "/<script>")) {
            assertThat(raw(SERVICE, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 4")
                    .contains("application/problem+json")
                    .contains("Content-Security-Policy", "nosniff")
                    .doesNotContain("text/html");
        }
    }

    @Test
    void headersThatAreTooLongOrTooManyAreRefused() throws IOException {
        String line = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n";
        assertThat(raw(SERVICE, line + "X-Long: " + "a".repeat(100_000) + "\r\n"))
                .contains("HTTP/1.1 4", "application/problem+json");
        StringBuilder many = new StringBuilder(line);
        for (int i = 0; i < 2000; i++) {
            many.append("X-").append(i).append(": 1\r\n");
        }
        assertThat(raw(SERVICE, many.toString())).contains("HTTP/1.1 4");
        assertThat(raw(SERVICE, "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n"))
                .contains("HTTP/1.1 4");
    }

    @Test
    void oneRequestCannotHideInAnother() throws IOException {
        String hidden = "0\r\n\r\nDELETE " + OWN + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        raw(
                SERVICE,
                "POST %s/query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n%s"
                        .formatted(OWN, hidden.length(), hidden));
        assertThat(SERVICE.get(OWN).status()).isEqualTo(200);
    }

    @Test
    void bodiesThatDripAreCutOffAndHoldUpNobody() throws Exception {
        Service guarded = Service.guarded();
        String key =
                guarded.bean(ApiKeys.class).create("slow", ApiKey.Scope.READ, List.of()).text();
        String head =
                "POST %s/query HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                        .formatted(OWN, key);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket("127.0.0.1", guarded.port());
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            Service.Reply quick =
                    guarded.reply(
                            guarded.request("/v1/models")
                                    .header("Authorization", "Bearer " + key)
                                    .GET());
            assertThat(quick.status()).isEqualTo(200);
            Socket first = slow.getFirst();
            long start = System.nanoTime();
            Thread.ofVirtual().start(() -> drip(first));
            String answer =
                    new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains("HTTP/1.1 408", "took too long");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(8));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void forgedCursorsAreRefused() {
        SERVICE.ovals("attacked-too", 12);
        String paged = QUERY.replace("\"k\":3", "\"k\":3,\"candidates\":9");
        String cursor = SERVICE.post(OWN + "/query", paged).json().get("cursor").stringValue();
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        List<String> forged =
                new ArrayList<>(
                        List.of("", "AAAA", "not a cursor", "a".repeat(100_000), cursor + "AA"));
        for (int place : new int[] {0, 31, 32, bytes.length - 1}) {
            byte[] changed = bytes.clone();
            changed[place] ^= 1;
            forged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
        }
        for (String text : forged) {
            assertCursorRefused(OWN, text);
        }
        assertCursorRefused("/v1/collections/attacked-too", cursor);
        assertThat(SERVICE.post(OWN + "/query", "{\"cursor\":\"" + cursor + "\"}").status())
                .isEqualTo(200);

        SERVICE.ovals("attacked-anew", 12);
        String old =
                SERVICE.post("/v1/collections/attacked-anew/query", paged)
                        .json()
                        .get("cursor")
                        .stringValue();
        SERVICE.delete("/v1/collections/attacked-anew");
        SERVICE.ovals("attacked-anew", 12);
        assertCursorRefused("/v1/collections/attacked-anew", old);
    }

    @Test
    void linesCannotBeForgedInTheLog(CapturedOutput output) {
        SERVICE.delete("/v1/collections/a%0d%0aFORGED%20INFO%20dev.gimbal.audit");
        SERVICE.put("/v1/collections/b%0aFORGED", "{\"model\":\"x\\r\\nFORGED\"}");
        SERVICE.put(
                OWN + "/items?id=c%0aFORGED", "{\"values\":{\"oval\":{\"text\":\"\\nFORGED\"}}}");
        SERVICE.post("/v1/keys", "{\"name\":\"d\\nFORGED\",\"scope\":\"read\"}");
        SERVICE.upload(
                "attacked", "{\"id\":\"e\\nFORGED\",\"values\":{\"oval\":{\"image\":\"AAAA\"}}}\n");
        assertThat(output.getAll().lines()).noneMatch(line -> line.strip().startsWith("FORGED"));
        assertThat(output.getAll()).contains("dev.gimbal.audit");
    }

    private static void assertCursorRefused(String collection, String cursor) {
        Service.Reply reply =
                SERVICE.post(collection + "/query", "{\"cursor\":\"" + cursor + "\"}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("field").stringValue()).isEqualTo("cursor");
    }

    private static Service.Reply ask(byte[] picture) {
        return ask(SERVICE, picture);
    }

    private static Service.Reply ask(Service service, byte[] picture) {
        return service.post(
                OWN + "/query", "{\"query\":[{\"image\":\"" + base64(picture) + "\"}],\"k\":1}");
    }

    private static String bundle(String manifest, byte[] weights) {
        JsonNode body =
                Service.JSON.createObjectNode().put("manifest", manifest).put("weights", weights);
        return body.toString();
    }

    /// A body that comes a byte at a time, until nobody listens.
    private static void drip(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 100; i++) {
                out.write(' ');
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException _) {
            // it was cut off
        }
    }

    private static String raw(Service service, String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException _) {
                // refused before all of it was sent
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(bytes)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("../../../tmp/gimbal-attack"));
            zip.write(new byte[10 << 20]);
        }
        return bytes.toByteArray();
    }

    private static byte[] png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        byte[] chunk = chunk("IHDR", header.array());
        return ByteBuffer.allocate(8 + chunk.length)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .put(chunk)
                .array();
    }

    private static byte[] chunk(String name, byte[] content) {
        byte[] named =
                ByteBuffer.allocate(4 + content.length)
                        .put(name.getBytes(StandardCharsets.US_ASCII))
                        .put(content)
                        .array();
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(named.length + 8)
                .putInt(content.length)
                .put(named)
                .putInt((int) crc.getValue())
                .array();
    }

    /// A small JPEG whose frame header says otherwise.
    private static byte[] jpeg(int side) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        byte[] jpeg = bytes.toByteArray();
        for (int i = 0; i < jpeg.length - 9; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
                ByteBuffer.wrap(jpeg).putShort(i + 5, (short) side).putShort(i + 7, (short) side);
                return jpeg;
            }
        }
        throw new IllegalStateException("no frame");
    }

    /// The header of a lossless WebP, with the largest sides that it can have.
    private static byte[] webp(int side) {
        ByteBuffer webp = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(56);
        webp.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(44);
        webp.put((byte) 0x2f).putInt(side | side << 14);
        return webp.array();
    }
}
