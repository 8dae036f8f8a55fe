package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The dashboards as Grafana reads them; `MetricsTest` runs what they query against a scrape.
class DashboardsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("helm/gimbal/dashboards"))) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }

    private static Stream<JsonNode> panels(JsonNode dashboard) {
        return StreamSupport.stream(dashboard.get("panels").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelHasATitleAPlaceOfItsOwnAndTheChosenSource(Path file) {
        Set<Integer> ids = new HashSet<>();
        Set<Rectangle> places = new HashSet<>();
        panels(read(file))
                .forEach(panel -> {
                    String title = panel.get("title").stringValue();
                    assertThat(title).isNotBlank();
                    assertThat(ids.add(panel.get("id").intValue())).as(title).isTrue();
                    JsonNode at = panel.get("gridPos");
                    Rectangle place =
                            new Rectangle(
                                    at.get("x").intValue(),
                                    at.get("y").intValue(),
                                    at.get("w").intValue(),
                                    at.get("h").intValue());
                    assertThat(place.x + place.width).as(title).isLessThanOrEqualTo(24);
                    assertThat(places).as(title).noneMatch(place::intersects);
                    places.add(place);
                    if (!panel.get("type").stringValue().equals("row")) {
                        assertThat(panel.path("datasource").path("uid").asString())
                                .as(title)
                                .isEqualTo("${datasource}");
                        assertThat(panel.get("targets")).as(title).isNotEmpty();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void itsSourceIsChosenAmongThoseOfPrometheus(Path file) {
        JsonNode variable = read(file).get("templating").get("list").get(0);

        assertThat(variable.get("name").stringValue()).isEqualTo("datasource");
        assertThat(variable.get("type").stringValue()).isEqualTo("datasource");
        assertThat(variable.get("query").stringValue()).isEqualTo("prometheus");
    }

    @Test
    void eachHasAnAddressOfItsOwn() throws IOException {
        assertThat(dashboards().stream().map(file -> read(file).get("uid").stringValue()))
                .containsExactlyInAnyOrder("gimbal-service", "gimbal-quality");
    }
}
