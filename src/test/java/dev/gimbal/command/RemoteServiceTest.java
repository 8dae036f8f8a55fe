package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
