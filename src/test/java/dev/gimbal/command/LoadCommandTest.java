package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadCommandTest {
    private static final byte[] ANSWER =
            "{\"timing\":{\"embedMs\":1,\"searchMs\":2,\"fetchMs\":3,\"totalMs\":7}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer service;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, ANSWER.length);
                    exchange.getResponseBody().write(ANSWER);
                    exchange.close();
                });
        service.start();
        PrintStream kept = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(kept);
        System.setErr(kept);
    }

    @AfterEach
    void stopService() {
        System.setOut(out);
        System.setErr(err);
        service.stop(0);
    }

    @Test
    void fewQueriesAreReportedToo() {
        assertThat(load("--queries", "5", "--every", "2")).isZero();

        assertThat(lines())
                .containsExactly(
                        "2 queries: median ms embed 1.00, search 2.00, fetch 3.00, outside embed and"
                                + " search 4.00",
                        "4 queries: median ms embed 1.00, search 2.00, fetch 3.00, outside embed and"
                                + " search 4.00",
                        "5 queries: median ms embed 1.00, search 2.00, fetch 3.00, outside embed and"
                                + " search 4.00");
    }

    @Test
    void linesAfterEveryNoneAreRefused() {
        assertThat(load("--every", "0")).isEqualTo(2);

        assertThat(lines()).containsExactly("every (0): must be positive");
    }

    private int load(String... options) {
        String url = "http://127.0.0.1:" + service.getAddress().getPort();
        return GimbalCommand.execute(
                _ -> {},
                Stream.concat(
                                Stream.of("load", "--url", url, "--collection", "c", "--item", "i"),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private Stream<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines();
    }
}
