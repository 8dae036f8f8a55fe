package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.TomcatWebServer;

/// What a service does when more is asked than it can answer, and when it is told to stop.
class BackPressureTest {
    private static final String QUERY = "/v1/collections/pressed/query";
    private static final String TRAVERSAL = "/v1/collections/pressed/traversals";
    private static final String PART = "{\"query\":[{\"image\":\"%s\"}]";

    private static String query;
    private static String traversal;

    @BeforeAll
    static void ovals() {
        Service.shared().ovals("pressed", 60);
        query = PART.formatted(Service.base64(Service.png("square", 1))) + ",\"k\":3}";
        traversal =
                PART.formatted(Service.base64(Service.png("square", 1)))
                        + ",\"target\":\"oval\",\"k\":50,\"steps\":50}";
    }

    @Test
    void requestsRunOnVirtualThreads() {
        assertThat(
                        ((TomcatWebServer) Service.shared().webServer())
                                .getTomcat()
                                .getConnector()
                                .getProtocolHandler()
                                .getExecutor())
                .isInstanceOf(VirtualThreadExecutor.class);
    }

    @Test
    void whatTakesTooLongEnds() {
        try (Service service = Service.beside("gimbal.retrieval.max-time=1ns")) {
            for (Service.Reply reply :
                    List.of(service.post(QUERY, query), service.post(TRAVERSAL, traversal))) {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isEqualTo("1");
                assertThat(reply.json().get("detail").stringValue()).contains("not done within");
            }
        }
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnceAndTheRestIsAnswered() throws Exception {
        try (Service service = Service.beside("gimbal.web.max-concurrent=2")) {
            service.post(QUERY, query);
            List<Service.Reply> replies = together(service, 60, TRAVERSAL, traversal);
            List<Service.Reply> refused =
                    replies.stream().filter(reply -> reply.status() == 429).toList();
            assertThat(refused).isNotEmpty();
            assertThat(replies).filteredOn(reply -> reply.status() == 200).isNotEmpty();
            assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 429);
            assertThat(refused)
                    .allSatisfy(reply -> {
                        assertThat(reply.header("Retry-After")).isEqualTo("1");
                        assertThat(reply.header("Content-Type"))
                                .isEqualTo("application/problem+json");
                        assertThat(reply.header("Content-Security-Policy"))
                                .contains("frame-ancestors 'none'");
                        assertThat(reply.json().get("status").intValue()).isEqualTo(429);
                        assertThat(reply.json().get("title").stringValue())
                                .isEqualTo("Too Many Requests");
                        assertThat(reply.json().get("detail").stringValue()).contains("2 places");
                        assertThat(reply.json().get("instance").stringValue()).isEqualTo(TRAVERSAL);
                    });
            assertThat(service.management().get("/actuator/prometheus").response().body())
                    .asString()
                    .contains(
                            "gimbal_refusals_total{reason=\"Overloaded\",status=\"429\"} "
                                    + refused.size()
                                    + ".0");
            assertThat(service.get("/v1/models").status()).as("reads go on").isEqualTo(200);
            assertThat(service.post(QUERY, query).status())
                    .as("all places are free again")
                    .isEqualTo(200);
        }
    }

    @Test
    void aPlaceIsTakenOnlyOnceTheBodyIsThere() throws Exception {
        try (Service service = Service.beside("gimbal.web.max-concurrent=1");
                Socket slow = new Socket("127.0.0.1", service.port())) {
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
                            .formatted(QUERY, query.length());
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] past = slow.getInputStream().readNBytes("HTTP/1.1 100 \r\n\r\n".length());
            assertThat(past).as("past the door").asString().startsWith("HTTP/1.1 100");
            assertThat(service.post(QUERY, query).status()).isEqualTo(200);
            Service.until(() -> service.busy() == 0);
            slow.getOutputStream().write(query.getBytes(StandardCharsets.US_ASCII));
            byte[] status = slow.getInputStream().readNBytes("HTTP/1.1 200".length());
            assertThat(status).asString().isEqualTo("HTTP/1.1 200");
            Service.until(() -> service.busy() == 0);
            String parts =
                    "--cut\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n%s\r\n--cut--\r\n";
            assertThat(
                            service.post(
                                            QUERY,
                                            parts.formatted("x".repeat(100_000)),
                                            "multipart/form-data; boundary=cut")
                                    .status())
                    .as("no picture, but let in")
                    .isEqualTo(422);
            Service.until(() -> service.busy() == 0);
        }
    }

    @Test
    void namesForFactorsTakeAPlaceThoughTheyHaveNoBody() throws Exception {
        try (Service service = Service.beside("gimbal.web.max-concurrent=1");
                Socket other = new Socket("127.0.0.1", service.port())) {
            String path = "/v1/collections/pressed/factors?target=oval";
            int free = service.get(path).status();
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(TRAVERSAL, traversal.length(), traversal);
            other.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Service.until(() -> service.busy() == 1);
            int refused = service.get(path).status();
            assertThat(free).isEqualTo(422); // no item of the collection carries a square
            assertThat(refused).isEqualTo(429);
            Service.until(() -> service.busy() == 0);
            assertThat(service.get(path).status()).as("its place is free again").isEqualTo(free);
            Service.until(() -> service.busy() == 0);
        }
    }

    @Test
    void aFullQueueIntoTheModelIsRefusedToo() throws Exception {
        try (Service service =
                Service.beside(
                        "gimbal.embedding.queue-capacity=1",
                        "gimbal.embedding.max-batch=1",
                        "gimbal.web.max-concurrent=1000")) {
            service.post(QUERY, query);
            List<Service.Reply> replies = together(service, 200, QUERY, query);
            assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 429);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 429)
                    .allMatch(reply -> reply.header("Retry-After").equals("1"));
            assertThat(service.post(QUERY, query).status()).isEqualTo(200);
        }
    }

    @Test
    void whatWasAcceptedIsFinishedBeforeTheServiceStops() throws Exception {
        Service service =
                Service.beside(
                        "gimbal.embedding.queue-capacity=10000", "gimbal.web.max-concurrent=12");
        service.post(QUERY, query);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Service.Reply>> asked =
                    IntStream.range(0, 12)
                            .mapToObj(_ -> threads.submit(() -> service.post(TRAVERSAL, traversal)))
                            .toList();
            Service.until(() -> service.busy() == 12);
            service.close();
            for (Future<Service.Reply> reply : asked) {
                assertThat(reply).succeedsWithin(Duration.ofSeconds(30));
                assertThat(reply.get().status()).isEqualTo(200);
            }
        }
    }

    private static List<Service.Reply> together(
            Service service, int count, String path, String body) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Service.Reply>> asked =
                    IntStream.range(0, count)
                            .mapToObj(_ -> threads.submit(() -> service.post(path, body)))
                            .toList();
            List<Service.Reply> replies = new java.util.ArrayList<>();
            for (Future<Service.Reply> reply : asked) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
