package dev.gimbal.web;

import static dev.gimbal.web.Service.base64;
import static dev.gimbal.web.Service.png;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/// The metrics of a service under a short load, and the dashboards and alerts that query them.
class MetricsTest {
    private static final Service SERVICE = Service.shared();
    private static final String QUERY = "/v1/collections/metered/query";

    private static String text;
    private static Scrape scrape;

    @BeforeAll
    static void load() {
        SERVICE.ovals("metered", 30);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(i).status()).isEqualTo(200);
        }
        assertThat(SERVICE.post(QUERY, "{\"query\":[],\"k\":3}").status()).isEqualTo(422);
        assertThat(SERVICE.get("/v1/collections/no-such").status()).isEqualTo(404);
        Service.Reply benchmark =
                SERVICE.post(
                        "/v1/benchmarks",
                        "{\"model\":\"%s\",\"dataset\":\"sprites\",\"size\":50,\"draws\":1}"
                                .formatted(Service.SPRITES_MODEL.fingerprint()));
        SERVICE.await(benchmark.header("Location"));
        System.gc(); // so that there was a pause
        text = scraped();
        scrape = Scrape.of(text);
    }

    private static Service.Reply ask(int square) {
        String image = base64(png("square", square));
        return SERVICE.post(QUERY, "{\"query\":[{\"image\":\"" + image + "\"}],\"k\":3}");
    }

    private static String scraped() {
        SERVICE.bean(StateMeters.class).refresh();
        return new String(
                SERVICE.management().get("/actuator/prometheus").response().body(),
                StandardCharsets.UTF_8);
    }

    private static double sample(String beginning) {
        return scraped()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    static Stream<String> dashboards() throws IOException {
        List<String> expressions = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("helm/gimbal/dashboards"))) {
            for (Path file : files.toList()) {
                collect(Service.JSON.readTree(read(file)), expressions);
            }
        }
        assertThat(expressions).hasSizeGreaterThan(20);
        return expressions.stream().distinct();
    }

    private static void collect(JsonNode node, List<String> expressions) {
        if (node.has("expr")) {
            expressions.add(node.get("expr").stringValue());
        }
        node.forEach(child -> collect(child, expressions));
    }

    static Stream<String> alerts() {
        Map<String, List<Map<String, List<Map<String, String>>>>> rules =
                new Yaml().load(read(Path.of("helm/gimbal/rules/gimbal.yaml")));
        return rules.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .map(rule -> rule.get("expr"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardQueriesWhatThereIs(String expression) {
        assertExists(expression);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertQueriesWhatThereIs(String expression) {
        assertExists(expression);
    }

    private static void assertExists(String expression) {
        Map<String, Set<String>> selected = PromQl.of(expression).selected();
        assertThat(selected).isNotEmpty();
        selected.forEach((metric, labels) -> {
            assertThat(scrape.labels()).as(expression).containsKey(metric);
            assertThat(scrape.labels().get(metric)).as(expression).containsAll(labels);
        });
    }

    @Test
    void expressionsAreReadAsPrometheusReadsThem() {
        assertThat(
                        PromQl.of(
                                        "histogram_quantile(0.9, sum by (le, x) (rate(a_bucket{u=~\"b.*\",s!=\"c\"}[5m]))) / on (y) d:e > 1e3 and absent(f)")
                                .selected())
                .isEqualTo(Map.of("a_bucket", Set.of("u", "s"), "d:e", Set.of(), "f", Set.of()));
    }

    @Test
    void theDocumentsNameEveryMetricOfOursAndNoOther() throws IOException {
        Set<String> documented =
                read(Path.of("docs/operations.md"))
                        .lines()
                        .filter(line -> line.startsWith("| `gimbal_"))
                        .flatMap(line ->
                                Pattern.compile("`(gimbal_\\w+)`")
                                        .matcher(line)
                                        .results()
                                        .map(name -> name.group(1)))
                        .collect(Collectors.toSet());

        assertThat(
                        scrape.labels().keySet().stream()
                                .filter(name -> name.startsWith("gimbal_"))
                                .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
                                .collect(Collectors.toSet()))
                .isEqualTo(documented);
    }

    @Test
    void everyStageHasItsBuckets() {
        for (String stage : List.of("embed", "search", "fetch")) {
            assertThat(text)
                    .containsPattern("gimbal_" + stage + "_seconds_bucket\\{.*le=\"0.0025\"");
        }
        assertThat(text).containsPattern("http_server_requests_seconds_bucket\\{.*le=\"0.25\"");
    }

    @Test
    void batchesAreCountedByModelAndStep() {
        String step =
                "model=\"%s\",step=\"infer\"".formatted(Service.SPRITES_MODEL.manifest().name());

        assertThat(text.lines().filter(line -> line.startsWith("gimbal_batch_size_count")))
                .anyMatch(line -> line.contains(step));
        assertThat(text.lines().filter(line -> line.startsWith("gimbal_queue_depth")))
                .anyMatch(line -> line.contains(step) && line.endsWith(" 0.0"));
    }

    @Test
    void refusalsAreCountedByReason() {
        String refusal = "gimbal_refusals_total{reason=\"NotFound\",status=\"404\"}";
        double before = sample(refusal);
        SERVICE.get("/v1/collections/no-such");

        assertThat(sample(refusal)).isEqualTo(before + 1);
    }

    @Test
    void theIndexLagsByTheWritesSinceItsLastSearch() {
        String lag = "gimbal_index_lag{collection=\"lagging\"";
        SERVICE.ovals("lagging", 2);
        String query = "{\"query\":[{\"itemId\":\"oval/1\"}]}";
        SERVICE.post("/v1/collections/lagging/query", query);
        assertThat(sample(lag)).isZero();
        SERVICE.upload("lagging", Service.ovalLine(2));
        assertThat(sample(lag)).isPositive();
        SERVICE.post("/v1/collections/lagging/query", query);
        assertThat(sample(lag)).isZero();
    }

    @Test
    void answersAreCountedByCollection() {
        String hits = "gimbal_hits_count{collection=\"metered\"}";
        double before = sample(hits);
        ask(0);

        assertThat(sample(hits)).isEqualTo(before + 1);
        assertThat(sample("gimbal_score_margin_count{collection=\"metered\"}")).isPositive();
    }

    @Test
    void residentMemoryIsWithinItsLimit() {
        assertThat(sample("gimbal_memory_resident_bytes"))
                .isBetween(1e8, sample("gimbal_memory_limit_bytes"));
        assertThat(sample("gimbal_database_up")).isEqualTo(1);
    }

    @Test
    void theImagesHealthCheckAsksThisService() throws Exception {
        assertThat(healthcheck("/readyz")).isZero();
        assertThat(healthcheck("/no-such-path")).isNotZero();
    }

    private static int healthcheck(String path) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "docker/healthcheck", path, "127.0.0.1", Integer.toString(SERVICE.port()))
                .start()
                .waitFor();
    }
}
