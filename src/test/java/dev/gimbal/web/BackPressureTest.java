package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;

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
    void whatIsTooMuchIsRefusedAtOnceAndTheRestIsAnswered() throws Exception {
        try (Service service = Service.beside("gimbal.web.max-concurrent=2")) {
            service.post(QUERY, query);
            List<Service.Reply> replies = together(service, 60, TRAVERSAL, traversal);
            List<Service.Reply> refused =
                    replies.stream().filter(reply -> reply.status() == 503).toList();
            assertThat(refused).isNotEmpty();
            assertThat(replies).filteredOn(reply -> reply.status() == 200).isNotEmpty();
            assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 503);
            assertThat(refused)
                    .allSatisfy(reply -> {
                        assertThat(reply.header("Retry-After")).isEqualTo("1");
                        assertThat(reply.header("Content-Type"))
                                .isEqualTo("application/problem+json");
                    });
            assertThat(service.get("/v1/models").status()).as("reads go on").isEqualTo(200);
            assertThat(service.post(QUERY, query).status())
                    .as("all places are free again")
                    .isEqualTo(200);
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
            assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 503);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 503)
                    .allMatch(reply -> reply.header("Retry-After").equals("1"));
            assertThat(service.post(QUERY, query).status()).isEqualTo(200);
        }
    }

    @Test
    void whatWasAcceptedIsFinishedBeforeTheServiceStops() throws Exception {
        Service service = Service.beside("gimbal.embedding.queue-capacity=10000");
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
