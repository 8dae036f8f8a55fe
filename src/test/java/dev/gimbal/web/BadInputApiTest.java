package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static dev.gimbal.web.Service.png;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.bundle.ModelBundle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Whatever is wrong with a request is a 4xx problem that names field and value; nothing reaches
/// the log, and the service goes on answering.
@ExtendWith(OutputCaptureExtension.class)
class BadInputApiTest {
    private static final String QUERY = "/v1/collections/ovals/query";
    private static final Service SERVICE = Service.shared();

    @BeforeAll
    static void ovals() {
        SERVICE.ovals("ovals", 120);
        SERVICE.put("/v1/collections/numbers-only", "{\"model\":\"tiny-vectors\"}");
    }

    @AfterEach
    void nothingIsLoggedAndTheServiceStillAnswers(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("Exception");
        String body = "{\"query\":[{\"image\":\"" + base64(png("square", 1)) + "\"}],\"k\":1}";
        assertThat(SERVICE.post(QUERY, body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'query':[{'itemId':'oval/1'}],'k':0}|422|k|0",
                "{'query':[{'itemId':'oval/1'}],'k':1000000000}|422|k|1000000000",
                "{'query':[{'itemId':'oval/1'}],'k':1000000000000}|400|k|",
                "{'query':[{'itemId':'oval/1'}],'k':1.5}|400|k|",
                "{'query':[{'itemId':'oval/1'}],'k':'many'}|400|k|",
                "{'query':[{'itemId':'oval/1'}],'samples':-1}|422|samples|-1",
                "{'query':[{'itemId':'oval/1'}],'scoreThreshold':NaN}|422|scoreThreshold|NaN",
                "{'query':[{'itemId':'oval/1'}],'steer':'left'}|422|steer|left",
                "{'query':[{'itemId':'oval/1'}],'target':'circle'}|422|target|circle",
                "{'query':[{'itemId':'oval/1','weight':Infinity}]}|422|query[0].weight|Infinity",
                "{'query':[{'itemId':'oval/1','weight':0}]}|422|query[0].weight|0.0",
                "{'query':[{'itemId':'oval/1','weight':1e39}]}|422|query[0].weight|1.0E39",
                "{'query':[{'itemId':'oval/1','weight':-1e-7}]}|422|query[0].weight|-1.0E-7",
                "{'query':[{'itemId':'nowhere'}]}|404|item|nowhere",
                "{'query':[{'itemId':'oval/1','colour':'red'}]}|400|query[0].colour|colour",
                "{'query':[{'itemId':'oval/1'}],'tolerance':3}|400|tolerance|tolerance",
                "{'query':[]}|422|query|0 parts",
                "{}|422|query|0 parts",
                "{'query':[null]}|422|query[0]|null",
                "{'query':[{}]}|422|query[0]|0 of them",
                "{'query':[{'itemId':'a','vector':[1]}]}|422|query[0]|2 of them",
                "{'query':[{'vector':[1,2]}]}|422|query[0].modality|none",
                "{'query':[{'image':'@@@'}]}|400|query[0].image|",
                "{'query':[{'image':'aGVsbG8='}]}|422|query[0].image|",
                "{'query':[{'image':''}]}|422|query[0].image|",
                "{'query':[{'image':'aGVsbG8=','modality':'circle'}]}|422|query[0].modality|circle",
                "{'query':[{'itemId':'oval/1','modality':'square'}]}|422|query[0].modality|square",
                "{'query':|400||",
                "[1,2]|400||",
                "null|400|body|",
            })
    void aQueryThatMakesNoSense(String body, int status, String field, String value) {
        assertProblem(SERVICE.post(QUERY, body.replace('\'', '"')), status, field, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[1,2,3]|query[0].vector|3 numbers",
                "[1,2,3,4,5,NaN]|query[0].vector[5]|NaN",
                "[1,2,-Infinity,4,5,6]|query[0].vector[2]|-Infinity",
                "[1,2,3,4,5,1e999]|query[0].vector[5]|Infinity",
            })
    void aVectorThatIsNone(String vector, String field, String value) {
        Service.Reply reply =
                SERVICE.post(
                        "/v1/collections/numbers-only/query",
                        "{\"query\":[{\"vector\":" + vector + "}]}");
        assertProblem(reply, 422, field, value);
    }

    @Test
    void anEmptyBody() {
        assertProblem(SERVICE.post(QUERY, ""), 400, "body", "");
        assertProblem(
                SERVICE.reply(
                        SERVICE.request("/v1/collections/ovals/items")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.noBody())),
                422,
                "body",
                "");
    }

    @Test
    void aWrongMediaType() {
        Service.Reply reply =
                SERVICE.reply(
                        SERVICE.request(QUERY)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")));
        assertProblem(reply, 415, "Content-Type", "text/plain");
    }

    @Test
    void anUnknownCollectionPathMethodAndModel() {
        assertProblem(
                SERVICE.post("/v1/collections/none/query", "{\"query\":[{\"itemId\":\"a\"}]}"),
                404,
                "collection",
                "none");
        assertProblem(SERVICE.get("/v1/nothing"), 404, "path", null);
        assertProblem(SERVICE.get(QUERY), 405, "method", "GET");
        assertProblem(
                SERVICE.put("/v1/collections/new", "{\"model\":\"none\"}"), 404, "model", "none");
        assertProblem(
                SERVICE.put("/v1/collections/new", "{\"model\":\"tiny-vectors\",\"engine\":\"x\"}"),
                422,
                "engine",
                "x");
        assertProblem(
                SERVICE.put("/v1/collections/-bad", "{\"model\":\"tiny-vectors\"}"),
                422,
                "collection",
                "-bad");
        assertProblem(SERVICE.get("/v1/operations/17"), 400, "id", "17");
    }

    @Test
    void aTextThatHoldsNul() {
        String body = "{\"model\":\"" + "\\" + "u0000\"}";
        assertThat(SERVICE.put("/v1/collections/ovals", body).status()).isEqualTo(400);
        assertThat(SERVICE.get("/v1/collections/ovals/items?after=%00").status()).isEqualTo(400);
    }

    @Test
    void anUnknownFactor() {
        String query = "{\"query\":[{\"image\":\"" + base64(png("square", 1)) + "\"}]";
        assertProblem(
                SERVICE.post(
                        "/v1/collections/ovals/traversals", query + ",\"factors\":[\"colour\"]}"),
                422,
                "factors[0]",
                "colour");
        assertProblem(
                SERVICE.post("/v1/collections/ovals/traversals", query + ",\"factors\":[3]}"),
                422,
                "factors[0]",
                "3");
        assertProblem(
                SERVICE.post(
                        "/v1/collections/ovals/manipulations", query + ",\"offsets\":{\"w\":1}}"),
                422,
                "offsets.w",
                "w");
        assertProblem(
                SERVICE.post("/v1/collections/ovals/traversals", query + ",\"steps\":100000}"),
                422,
                "steps",
                "100000");
        assertProblem(
                SERVICE.post("/v1/collections/ovals/traversals", query + ",\"range\":[1]}"),
                422,
                "range",
                "1 numbers");
    }

    @Test
    void aSheetThatCannotBeDrawnIsAProblemToo() {
        String body =
                "{\"query\":[{\"image\":\"%s\"}],\"factors\":[\"colour\"]}"
                        .formatted(base64(png("square", 1)));
        Service.Reply reply =
                SERVICE.reply(
                        SERVICE.request("/v1/collections/ovals/traversals")
                                .header("Content-Type", "application/json")
                                .header("Accept", "image/png")
                                .POST(BodyPublishers.ofString(body)));
        assertProblem(reply, 422, "factors[0]", "colour");
    }

    @Test
    void aHugePictureATruncatedOneAndOneOfTheWrongKind() throws IOException {
        assertProblem(image(hugePng()), 422, "query[0].image", null);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        byte[] half = Arrays.copyOf(jpeg.toByteArray(), jpeg.size() * 2 / 3);
        assertProblem(image(half), 422, "query[0].image", null);
        byte[] whole = png("square", 1);
        assertProblem(image(Arrays.copyOf(whole, whole.length / 2)), 422, "query[0].image", null);
    }

    @Test
    void aModelThatRunsCodeOfItsOwnIsRefused() throws IOException {
        ModelBundle bundle = ImportedPair.bundle();
        String body =
                Service.JSON.writeValueAsString(
                        Map.of(
                                "manifest",
                                bundle.manifestJson(),
                                "weights",
                                Base64.getEncoder().encodeToString(bundle.weights())));

        Service.Reply reply = SERVICE.post("/v1/models", body);

        assertProblem(reply, 422, "manifest", null);
        assertThat(reply.json().path("detail").asString())
                .contains("--gimbal.embedding.executable-bundles=" + bundle.fingerprint());
    }

    @Test
    void aBodyOfTwoHundredMegabytesWithItsLengthAndWithout() {
        byte[] chunk = new byte[1 << 20];
        Iterable<byte[]> body =
                () -> java.util.stream.Stream.generate(() -> chunk).limit(200).iterator();
        assertProblem(
                SERVICE.reply(
                        SERVICE.request(QUERY)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(new byte[200 << 20]))),
                413,
                "Content-Length",
                Integer.toString(200 << 20));
        assertProblem(
                SERVICE.reply(
                        SERVICE.request("/v1/collections/ovals/items")
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofByteArrays(body))),
                413,
                "body",
                null);
        Arrays.fill(chunk, (byte) ' ');
        assertProblem(
                SERVICE.reply(
                        SERVICE.request(QUERY)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArrays(body))),
                413,
                "body",
                null);
    }

    @Test
    void aMultipartBodyBeyondTheLimit() {
        String head =
                "--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"q\"\r\n\r\n";
        byte[] body = new byte[17 << 20];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, body, 0, head.length());
        assertProblem(
                SERVICE.reply(
                        SERVICE.request(QUERY)
                                .header("Content-Type", "multipart/form-data; boundary=cut")
                                .POST(BodyPublishers.ofByteArray(body))),
                413,
                null,
                null);
    }

    @Test
    void aForeignHostIsRefused() throws IOException {
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("\"field\":\"Host\"", "\"value\":\"evil.example\"");
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: localhost:8080\r\n"))
                .startsWith("HTTP/1.1 200");
        int management = SERVICE.management().port();
        assertThat(raw(management, "GET /actuator/prometheus HTTP/1.1\r\nHost: evil.example\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void writesFromOtherSitesAreRefused() {
        for (String[] header :
                new String[][] {
                    {"Origin", "https://evil.example"},
                    {"Origin", "null"},
                    {"Sec-Fetch-Site", "cross-site"}
                }) {
            assertProblem(
                    SERVICE.reply(
                            SERVICE.request("/v1/collections/ovals")
                                    .header(header[0], header[1])
                                    .DELETE()),
                    403,
                    header[0],
                    header[1]);
        }
        assertThat(
                        SERVICE.reply(
                                        SERVICE.request(QUERY)
                                                .header("Content-Type", "application/json")
                                                .header(
                                                        "Origin",
                                                        "http://127.0.0.1:" + SERVICE.port())
                                                .POST(
                                                        BodyPublishers.ofString(
                                                                "{\"query\":[{\"itemId\":\"oval/1\"}]}")))
                                .status())
                .isEqualTo(200);
    }

    private static Service.Reply image(byte[] bytes) {
        return SERVICE.post(QUERY, "{\"query\":[{\"image\":\"" + base64(bytes) + "\"}]}");
    }

    private static void assertProblem(Service.Reply reply, int status, String field, String value) {
        String text = new String(reply.response().body(), StandardCharsets.UTF_8);
        assertThat(reply.status()).as(text).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        if (field != null) {
            assertThat(reply.json().path("field").asString("")).as(text).isEqualTo(field);
        }
        if (value != null) {
            assertThat(reply.json().path("value").asString("")).as(text).isEqualTo(value);
        }
        assertThat(reply.json().get("detail").stringValue()).isNotBlank();
    }

    private static String raw(String head) throws IOException {
        return raw(SERVICE.port(), head);
    }

    private static String raw(int port, String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// A PNG of a few bytes whose header announces 30,000 x 30,000 pixels.
    private static byte[] hugePng() {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(30_000).putInt(30_000).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array());
        ByteBuffer png = ByteBuffer.allocate(8 + 4 + 17 + 4);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.putInt(13).put(header.array()).putInt((int) crc.getValue());
        return png.array();
    }
}
