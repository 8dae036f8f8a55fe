package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The very first start, killed while it fills what is not shown first.
class FirstStartKillTest {
    private static final Map<String, Integer> FILLED =
            Map.of("ovals", 6144, "plates", 800, "digits", 400);

    @TempDir private Path folder;

    @Test
    void theFirstCollectionIsThereWhenItIsReadyAndTheNextStartGoesOnWithTheOthers() {
        ServiceProcess killed = start();
        assertThat(items(killed)).containsOnlyKeys(FILLED.keySet()).containsEntry("ovals", 6144);
        assertThat(operation(killed, 0).get("state").stringValue()).isEqualTo("RUNNING");
        killed.kill();

        try (ServiceProcess next = start()) {
            JsonNode second = operation(next, 0);
            JsonNode first = operation(next, 1);
            assertThat(first.get("error").stringValue()).isEqualTo("interrupted by a restart");
            assertThat(first.get("kind")).isEqualTo(second.get("kind"));
            JsonNode ended = next.await("/v1/operations/" + second.get("id").stringValue());
            assertThat(ended.get("state").stringValue()).isEqualTo("SUCCEEDED");
            assertThat(items(next)).isEqualTo(FILLED);
        }
        try (ServiceProcess later = start()) {
            assertThat(operation(later, 2).isMissingNode()).isTrue();
        }
    }

    private ServiceProcess start() {
        return ServiceProcess.Plan.embedded(folder).with("--gimbal.examples=true").ready();
    }

    private static JsonNode operation(ServiceProcess service, int newest) {
        return service.get("/v1/operations").json().path(newest);
    }

    private static Map<String, Integer> items(ServiceProcess service) {
        Map<String, Integer> items = new TreeMap<>();
        service.get("/v1/collections")
                .json()
                .forEach(collection ->
                        items.put(
                                collection.get("name").stringValue(),
                                collection.get("items").intValue()));
        return items;
    }
}
