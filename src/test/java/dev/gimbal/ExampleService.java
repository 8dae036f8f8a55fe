package dev.gimbal;

import dev.gimbal.store.Operations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The service as a stranger starts it: a fresh home, the bundled models and collections, all of
/// them filled. One for all tests of a JVM.
public final class ExampleService {
    private static ConfigurableApplicationContext context;

    private ExampleService() {}

    /// Where it listens.
    public static synchronized String address() {
        if (context == null) {
            context = start();
        }
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return "http://127.0.0.1:" + port;
    }

    /// Another one, of the caller's own.
    public static ConfigurableApplicationContext start() {
        try {
            String home = Files.createTempDirectory("gimbal-example").toString();
            return filled(
                    new SpringApplicationBuilder(GimbalApplication.class)
                            .run(
                                    "--server.port=0",
                                    "--management.server.port=0",
                                    "--gimbal.home=" + home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigurableApplicationContext filled(ConfigurableApplicationContext context) {
        Operations operations = context.getBean(Operations.class);
        while (!operations.list(1).getFirst().finished()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return context;
    }
}
