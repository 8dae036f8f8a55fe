package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuerySenderTest {
    private final List<String> bodies = new ArrayList<>();
    private final Set<Integer> callers = new TreeSet<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/known", 200, 3, 3);
        answer("/chunks", 200, 0, 100_000);
        answer("/refused", 503, 5000, 5000);
        server.createContext(
                "/closes",
                exchange -> {
                    exchange.getResponseHeaders().set("Connection", "close");
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// @param announced length of the answer; 0 for chunks
    private void answer(String path, int status, int announced, int length) {
        server.createContext(
                path,
                exchange -> {
                    bodies.add(
                            exchange.getRequestHeaders().getFirst("Authorization")
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    callers.add(exchange.getRemoteAddress().getPort());
                    exchange.sendResponseHeaders(status, announced);
                    exchange.getResponseBody().write(new byte[length]);
                    exchange.close();
                });
    }

    private QuerySender sender(String path) {
        return new QuerySender(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                "{\"ü\":1}",
                "gk_1");
    }

    @Test
    void oneConnectionCarriesAnswersOfEveryForm() throws IOException {
        for (String path : List.of("/known", "/chunks", "/refused")) {
            callers.clear();
            try (QuerySender sender = sender(path)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(sender.getAsInt()).isEqualTo(path.equals("/refused") ? 503 : 200);
                }
            }
            assertThat(callers).as(path).hasSize(1);
        }
        assertThat(bodies).hasSize(9).containsOnly("Bearer gk_1{\"ü\":1}");
    }

    @Test
    void aConnectionThatIsClosedIsReplaced() throws IOException {
        try (QuerySender sender = sender("/closes")) {
            assertThat(List.of(sender.getAsInt(), sender.getAsInt())).containsOnly(503);
        }
    }

    @Test
    void whoDoesNotAnswerHasNoStatus() throws IOException {
        try (QuerySender sender = sender("/known")) {
            assertThat(sender.getAsInt()).isEqualTo(200);
            server.stop(0);
            assertThat(sender.getAsInt()).isZero();
        }
    }

    @Test
    void onlyPlainHttpIsSent() {
        assertThatThrownBy(() -> new QuerySender(URI.create("https://127.0.0.1"), "", null))
                .hasMessageContaining("by http");
    }
}
