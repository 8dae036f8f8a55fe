package dev.gimbal.deployment;

import static dev.gimbal.deployment.Repository.at;
import static dev.gimbal.deployment.Repository.text;
import static dev.gimbal.deployment.Repository.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Dockerfiles, compose file and chart say of the application is what the application is.
class DeploymentTest {
    private static final String CPU = "docker/Dockerfile";
    private static final String CUDA = "docker/Dockerfile.cuda";
    private static final String COMPOSE = "docker/compose.yaml";
    private static final String HOME = "/var/lib/gimbal";
    private static final String USER = "10001";

    private static final Map<String, Object> APPLICATION =
            yaml("src/main/resources/application.yaml");
    private static final int PORT = at(APPLICATION, "server", "port");
    private static final int MANAGEMENT = at(APPLICATION, "management", "server", "port");

    /// The arguments of an instruction, continued lines joined.
    private static List<String> instructions(String dockerfile, String name) {
        return text(dockerfile)
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip().replaceAll(" +", " "))
                .toList();
    }

    private static Map<String, Object> service(String name) {
        return at(yaml(COMPOSE), "services", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, CUDA})
    void theImageRunsTheServiceWhereItIsLookedFor(String dockerfile) {
        String environment = String.join(" ", instructions(dockerfile, "ENV"));

        assertThat(instructions(dockerfile, "EXPOSE")).containsExactly(PORT + " " + MANAGEMENT);
        assertThat(environment)
                .contains("SERVER_PORT=" + PORT, "SERVER_ADDRESS=0.0.0.0", "GIMBAL_HOME=" + HOME)
                .contains(
                        "MANAGEMENT_SERVER_PORT=" + MANAGEMENT, "MANAGEMENT_SERVER_ADDRESS=0.0.0.0")
                .contains("DJL_CACHE_DIR=/opt/gimbal/natives", "OPT_OUT_TRACKING=true");
        assertThat(instructions(dockerfile, "VOLUME")).containsExactly(HOME);
        assertThat(instructions(dockerfile, "HEALTHCHECK").getFirst())
                .endsWith("CMD [\"/opt/gimbal/healthcheck\"]");
        assertThat(instructions(dockerfile, "CMD")).containsExactly("[\"serve\"]");
        assertThat(instructions(dockerfile, "WORKDIR")).last().isEqualTo("/opt/gimbal");
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, CUDA})
    void nobodyIsRoot(String dockerfile) {
        assertThat(instructions(dockerfile, "USER")).containsOnly(USER + ":" + USER);
        assertThat(text(dockerfile).lastIndexOf("USER "))
                .as("the last stage sets it")
                .isGreaterThan(text(dockerfile).lastIndexOf("FROM "));
        assertThat(String.join(" ", instructions(dockerfile, "RUN")))
                .contains("useradd --uid " + USER, "--home-dir " + HOME)
                .contains("install -d -o " + USER + " -g " + USER + " -m 700 " + HOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, CUDA})
    void everythingCopiedIsThere(String dockerfile) {
        List<String> sources =
                instructions(dockerfile, "COPY").stream()
                        .filter(copy -> !copy.startsWith("--from"))
                        .flatMap(copy -> {
                            String[] words = copy.split(" ");
                            return Arrays.stream(words).limit(words.length - 1);
                        })
                        .toList();
        List<String> sent =
                text(".dockerignore")
                        .lines()
                        .filter(line -> line.startsWith("!"))
                        .map(line -> line.substring(1))
                        .toList();

        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> {
                    assertThat(Path.of(source)).exists();
                    assertThat(sent).anyMatch(path -> Path.of(source).startsWith(path));
                });
        assertThat(Stream.of("healthcheck", "train-cache", "extract-natives"))
                .allSatisfy(script ->
                        assertThat(Files.isExecutable(Path.of("docker", script)))
                                .as(script)
                                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, CUDA})
    void theCacheIsTrainedAndUsedByTheSameOptions(String dockerfile) {
        String entrypoint = instructions(dockerfile, "ENTRYPOINT").getFirst();

        assertThat(entrypoint)
                .contains("@/opt/gimbal/jvm.options", "-XX:AOTCache=/opt/gimbal/gimbal.aot");
        assertThat(text("docker/train-cache"))
                .contains("@\"$here/jvm.options\" -jar \"$here/gimbal.jar\" serve");
        assertThat(instructions(dockerfile, "RUN"))
                .last()
                .isEqualTo("./train-cache /tmp/gimbal.aot");
        assertThat(instructions(dockerfile, "COPY"))
                .last()
                .asString()
                .startsWith("--from=cache")
                .endsWith("/tmp/gimbal.aot ./");
        assertThat(text("docker/jvm.options"))
                .contains("-XX:+UseG1GC", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true")
                .contains("-Djna.boot.library.path=/opt/gimbal/natives/jna");
    }

    @ParameterizedTest
    @ValueSource(strings = {CPU, CUDA})
    void theImagesJavaIsThatOfTheBuild(String dockerfile) {
        String java = first(text("pom.xml"), "<java.version>(.+?)</java.version>");

        assertThat(Pattern.compile("eclipse-temurin:([0-9]+)").matcher(text(dockerfile)).results())
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image.group(1)).isEqualTo(java));
    }

    @Test
    void theImageForGpusHasTheProfileItsBaseFits() {
        String flavor = first(text("pom.xml"), "<pytorch.flavor>cu([0-9]+)</pytorch.flavor>");
        String base = first(text(CUDA), "nvidia/cuda:([0-9]+\\.[0-9]+)");

        assertThat(base.replace(".", "")).isEqualTo(flavor);
        assertThat(String.join(" ", instructions(CUDA, "RUN"))).contains(" -Pcu" + flavor + " ");
        assertThat(String.join(" ", instructions(CPU, "RUN"))).doesNotContain(" -P");
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void composeReachesTheDatabaseThatItStarts() {
        Map<String, String> database = at(service("database"), "environment");
        for (String name : List.of("gimbal-cpu", "gimbal-cuda")) {
            Map<String, String> environment = at(service(name), "environment");
            assertThat(environment)
                    .containsEntry(
                            "SPRING_DATASOURCE_URL",
                            "jdbc:postgresql://database:5432/" + database.get("POSTGRES_DB"))
                    .containsEntry("SPRING_DATASOURCE_USERNAME", database.get("POSTGRES_USER"))
                    .containsEntry("SPRING_DATASOURCE_PASSWORD", database.get("POSTGRES_PASSWORD"));
        }
        assertThat(Repository.<String>at(service("database"), "image")).contains("pgvector:pg");
    }

    @Test
    void composeIsClosedByDefault() {
        Map<String, Map<String, Object>> services = at(yaml(COMPOSE), "services");
        services.forEach((name, service) -> {
            List<String> ports = at(service, "ports");
            assertThat(ports == null ? List.<String>of() : ports)
                    .as(name)
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
        });
        assertThat(services.get("database")).doesNotContainKey("ports");
        assertThat(Pattern.compile("PASSWORD: (.*)").matcher(text(COMPOSE)).results())
                .hasSize(3)
                .allMatch(password -> password.group(1).matches("\\$\\{\\w+:\\?in docker/.env}"));
        assertThat(text("docker/.env.example").lines().filter(line -> line.endsWith("=")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gimbal-cpu", "gimbal-cuda"})
    void composeRunsTheImageAsItIsMeant(String name) {
        Map<String, Object> service = service(name);

        assertThat(service)
                .containsEntry("read_only", true)
                .containsEntry("user", USER + ":" + USER)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("ports", List.of("127.0.0.1:%d:%d".formatted(PORT, PORT)))
                .containsEntry("volumes", List.of("home:" + HOME));
        assertThat(Repository.<List<String>>at(service, "tmpfs").getFirst()).startsWith("/tmp:");
        assertThat(Path.of(Repository.<String>at(service, "build", "dockerfile"))).exists();
        assertThat(Repository.<List<String>>at(service, "profiles"))
                .containsExactly(name.substring("gimbal-".length()));
    }

    @Test
    void prometheusAndGrafanaFindTheirFiles() {
        Map<String, Map<String, Object>> services = at(yaml(COMPOSE), "services");
        List<String> mounts =
                services.values().stream()
                        .flatMap(
                                service -> Repository.<List<String>>at(service, "volumes").stream())
                        .filter(volume -> volume.startsWith("."))
                        .toList();
        Map<String, Object> prometheus = yaml("docker/prometheus.yaml");
        Map<String, Object> job =
                Repository.<List<Map<String, Object>>>at(prometheus, "scrape_configs").getFirst();
        List<Map<String, List<String>>> targets = at(job, "static_configs");

        assertThat(mounts)
                .hasSize(5)
                .allSatisfy(mount ->
                        assertThat(Path.of("docker").resolve(mount.split(":")[0])).exists());
        assertThat(job).containsEntry("metrics_path", "/actuator/prometheus");
        assertThat(
                        Repository.<String>at(
                                APPLICATION,
                                "management",
                                "endpoints",
                                "web",
                                "exposure",
                                "include"))
                .contains("prometheus");
        assertThat(targets.getFirst().get("targets")).containsExactly("gimbal:" + MANAGEMENT);
        assertThat(
                        Repository.<List<String>>at(
                                service("gimbal-cpu"), "networks", "default", "aliases"))
                .containsExactly("gimbal");
    }

    @Test
    void theChartRunsTheImageAsItIsMeant() {
        String deployment = text("helm/gimbal/templates/deployment.yaml");

        assertThat(deployment)
                .contains("containerPort: " + PORT, "containerPort: " + MANAGEMENT)
                .contains("mountPath: " + HOME, "mountPath: /tmp");
        assertThat(text("helm/gimbal/templates/_helpers.tpl")).contains("runAsUser: " + USER);
        assertThat(text("helm/gimbal/templates/tests/ready.yaml"))
                .contains("/opt/gimbal/healthcheck");
        assertThat(text("helm/gimbal/Chart.yaml"))
                .contains(
                        "appVersion: "
                                + first(
                                        text("pom.xml"),
                                        "<artifactId>gimbal</artifactId>\\s*<version>(.+?)<"));
    }

    @Test
    void everyAlertSaysWhatToDo() {
        List<String> alerts =
                Pattern.compile("- alert: (\\w+)")
                        .matcher(text("helm/gimbal/rules/gimbal.yaml"))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList();

        assertThat(alerts).isNotEmpty().doesNotHaveDuplicates();
        assertThat(text("docs/operations.md").lines().filter(line -> line.startsWith("### Gimbal")))
                .containsExactlyElementsOf(alerts.stream().map(alert -> "### " + alert).toList());
    }
}
