package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RemoteServiceTest {
    @Command
    private static final class Caller {
        @Mixin private final RemoteService service = new RemoteService();
    }

    private static RemoteService at(int port) {
        Caller caller = new Caller();
        new CommandLine(caller).parseArgs("--url=http://127.0.0.1:" + port);
        return caller.service;
    }

    @Test
    void onlyWhereNobodyListensThereIsNoService() throws IOException {
        int port;
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = door.getLocalPort();
            Thread.ofVirtual().start(() -> hangUp(door));
            assertThatThrownBy(() -> at(door.getLocalPort()).get("/v1/models"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("broke off");
        }
        assertThatThrownBy(() -> at(port).get("/v1/models"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no service answers");
    }

    @Test
    void anAnswerThatIsNoJsonIsNotTheServices() throws IOException {
        HttpServer proxy =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext(
                "/",
                exchange -> {
                    byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        proxy.start();
        try {
            assertThatThrownBy(() -> at(proxy.getAddress().getPort()).get("/v1/models"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("its answer is no JSON");
        } finally {
            proxy.stop(0);
        }
    }

    /// Answers each caller by hanging up.
    private static void hangUp(ServerSocket door) {
        while (!door.isClosed()) {
            try (Socket caller = door.accept()) {
                caller.getInputStream().read(); // connected, and asked something
            } catch (IOException closed) {
                return;
            }
        }
    }
}
