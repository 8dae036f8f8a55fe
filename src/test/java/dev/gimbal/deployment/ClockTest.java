package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gimbal.bundle.ModelBundle;
import dev.gimbal.store.PostgresServer;
import dev.gimbal.web.Service;
import dev.gimbal.web.TinyModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The wall clock of two services and of their PostgreSQL jumps by a day, forth and back, while
/// they run: their calls of the system's clock go through `clock.c`, compiled here.
@Timeout(400)
class ClockTest {
    private static final ModelBundle MODEL = TinyModels.sprites(51);
    private static final ModelBundle NEWER = TinyModels.sprites(52);
    private static final String COLLECTION = "/v1/collections/timed";

    @TempDir private Path folder;

    @Test
    void jumpsOfTheClockStopNothing() throws Exception {
        assumeTrue(compiled(), "needs a C compiler (cc)");
        Path shift = folder.resolve("shift");
        jump(shift, Duration.ZERO);
        Map<String, String> shifted =
                Map.of(
                        "LD_PRELOAD",
                        folder.resolve("clock.so").toString(),
                        "CLOCK_SHIFT",
                        shift.toString());
        try (PostgresServer server = PostgresServer.start(folder, shifted)) {
            ServiceProcess.Plan plan =
                    ServiceProcess.Plan.over(server, folder)
                            .with("--gimbal.security.requests-per-minute=120");
            plan = new ServiceProcess.Plan(folder, List.of(), shifted, plan.jvm(), plan.options());
            try (ServiceProcess here = plan.ready();
                    ServiceProcess there = plan.ready()) {
                here.install(MODEL);
                here.put(COLLECTION, "{\"model\":\"" + MODEL.fingerprint() + "\"}");
                String key =
                        here.post("/v1/keys", "{\"name\":\"k\",\"scope\":\"READ\"}")
                                .json()
                                .get("text")
                                .stringValue();

                jump(shift, Duration.ofDays(1));
                reconnect(here);
                reconnect(there);
                assertThat(clock(here)).isAfter(Instant.now().plus(Duration.ofHours(23)));
                writes(here, there, 0);
                jump(shift, Duration.ofDays(-1));
                reconnect(here);
                reconnect(there);
                assertThat(clock(here)).isBefore(Instant.now().minus(Duration.ofHours(23)));
                writes(there, here, 100);
                theNewestModelIsTheOneInstalledLast(there);
                aKeysShareIsRefilled(here, key);
                assertThat(here.get("/readyz").status()).isEqualTo(200);
            }
        }
    }

    private boolean compiled() throws Exception {
        try {
            return new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-O1",
                                    "-o",
                                    folder.resolve("clock.so").toString(),
                                    "src/test/c/clock.c",
                                    "-ldl")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /// Written in place: the processes have it mapped.
    private static void jump(Path shift, Duration by) throws IOException {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(0, by.toSeconds());
        try (FileChannel file =
                FileChannel.open(shift, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds, 0);
        }
    }

    /// A jump cuts connections that are kept alive, since they look idle for a day; the next
    /// request opens a new one.
    private static void reconnect(ServiceProcess service) {
        try {
            service.get("/livez");
        } catch (UncheckedIOException cut) {
            assertThat(service.get("/livez").status()).isEqualTo(200);
        }
    }

    /// As the database tells it, in an operation that has just ended.
    private static Instant clock(ServiceProcess service) {
        JsonNode ended = service.upload("timed", Service.ovalLine(999) + "\n");
        return Instant.parse(ended.get("updated").stringValue());
    }

    private static void writes(ServiceProcess through, ServiceProcess other, int from) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < from + 50; i++) {
            lines.append(Service.ovalLine(i)).append('\n');
        }
        assertThat(through.upload("timed", lines.toString()).get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        String picture = Service.base64(Service.png("square", 1));
        String ids =
                other.post(
                                COLLECTION + "/query",
                                "{\"query\":[{\"image\":\"" + picture + "\"}],\"k\":1000}")
                        .json()
                        .get("hits")
                        .toString();
        assertThat(ids).contains("\"oval/" + from + "\"", "\"oval/" + (from + 49) + "\"");
    }

    private static void theNewestModelIsTheOneInstalledLast(ServiceProcess service) {
        service.install(NEWER);
        assertThat(service.get("/v1/models/tiny-sprites").json().get("fingerprint").stringValue())
                .isEqualTo(NEWER.fingerprint());
    }

    private static void aKeysShareIsRefilled(ServiceProcess service, String key) {
        while (service.asked(key, "/v1/models").status() == 200) {
            // until the share of the minute is used up
        }
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (service.asked(key, "/v1/models").status() == 429) {
            assertThat(System.nanoTime()).isLessThan(end);
            ServiceProcess.pause();
        }
    }
}
