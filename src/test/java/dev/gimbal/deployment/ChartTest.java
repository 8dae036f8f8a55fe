package dev.gimbal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The chart by the real Helm, over a matrix of values.
class ChartTest {
    private static final String NEEDED =
            """
            database: {host: db.example, existingSecret: gimbal-database}
            """;

    private static final String EVERYTHING =
            """
            image: {repository: registry.example/gimbal, tag: "1.2.3", pullPolicy: Always}
            imagePullSecrets: [{name: registry}]
            database:
              host: db.example
              port: 5433
              name: search
              parameters: sslmode=verify-full&sslrootcert=/etc/ca.pem
              existingSecret: gimbal-database
              usernameKey: user
              passwordKey: pass
            examples: true
            env: [{name: GIMBAL_EMBEDDING_QUEUE_CAPACITY, value: "64"}]
            service: {type: LoadBalancer, port: 80, annotations: {a: b}}
            gpu: {enabled: true, count: 2, runtimeClassName: nvidia}
            autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 9, occupancy: 500m}
            podDisruptionBudget: {enabled: true, maxUnavailable: 25%}
            networkPolicy:
              enabled: true
              clients: [{namespaceSelector: {matchLabels: {team: search}}}]
              monitoringNamespace: monitoring
              database: [{ipBlock: {cidr: 10.0.0.0/8}}]
              issuer: [{ipBlock: {cidr: 192.0.2.0/24}}]
            oauth2: {issuer: "https://login.example", audience: gimbal, jwksUri: "https://login.example/keys", collectionsClaim: reach, port: 8443}
            serviceMonitor: {enabled: true, interval: 30s, labels: {release: prometheus}}
            firstKey: {existingSecret: gimbal-key}
            prometheusRule: {enabled: true, labels: {release: prometheus}}
            dashboards: {enabled: true}
            podAnnotations: {c: d}
            podLabels: {e: f}
            nodeSelector: {kubernetes.io/arch: amd64}
            tolerations: [{key: dedicated, operator: Exists}]
            affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: ScheduleAnyway
                labelSelector: {matchLabels: {app.kubernetes.io/name: gimbal}}
            priorityClassName: high
            """;

    /// Each is linted and rendered.
    enum Values {
        DEFAULTS(NEEDED),
        EVERYTHING(ChartTest.EVERYTHING),
        SEVERAL(NEEDED + "replicas: 3\n"),
        AUTOSCALED(NEEDED + "autoscaling: {enabled: true}\n"),
        GPU(NEEDED + "gpu: {enabled: true}\n"),
        GPU_WITHOUT_OTHER_LIMITS(NEEDED + "gpu: {enabled: true}\nresources: {limits: null}\n"),
        MONITORED(NEEDED + "serviceMonitor: {enabled: true}\nprometheusRule: {enabled: true}\n"),
        WITH_DASHBOARDS(NEEDED + "dashboards: {enabled: true}\n"),
        OPEN(NEEDED + "networkPolicy: {enabled: false}\nservice: {type: NodePort}\n"),
        BARE(NEEDED + "podDisruptionBudget: {enabled: false}\nnetworkPolicy: {enabled: false}\n"),
        RENAMED(NEEDED + "fullnameOverride: search\n"),
        LONG_NAME(NEEDED + "fullnameOverride: " + "a-very-long-name-".repeat(5) + "\n");

        private final String yaml;

        Values(String yaml) {
            this.yaml = yaml;
        }
    }

    @TempDir private Path scratch;

    private List<HasMetadata> render(String values) {
        try {
            Path chart = copy();
            // the library leaves hooks out: here the test's pod is an object like the others
            Path pod = chart.resolve("templates/tests/ready.yaml");
            Files.writeString(pod, Files.readString(pod).replaceAll(".*helm.sh/hook.*\\n", ""));
            Path file = Files.writeString(scratch.resolve("case.yaml"), values);
            return KubernetesModel.read(
                    new Helm(chart)
                            .template()
                            .withName("knob")
                            .withNamespace("search")
                            .withKubeVersion("1.33.0")
                            .withValuesFile(file)
                            .call());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copy() throws IOException {
        Path copy = Files.createTempDirectory(scratch, "gimbal").resolve("gimbal");
        try (Stream<Path> files = Files.walk(Repository.CHART)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(Repository.CHART.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static List<Service> services(List<HasMetadata> objects) {
        return objects.stream().filter(Service.class::isInstance).map(Service.class::cast).toList();
    }

    private static <T> T only(List<HasMetadata> objects, Class<T> type) {
        List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.getFirst();
    }

    private static Stream<PodSpec> pods(List<HasMetadata> objects) {
        return objects.stream()
                .<PodSpec>mapMulti((object, sink) -> {
                    switch (object) {
                        case Deployment d -> sink.accept(d.getSpec().getTemplate().getSpec());
                        case Pod p -> sink.accept(p.getSpec());
                        default -> {}
                    }
                });
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    @ParameterizedTest
    @EnumSource
    void everyObjectIsOneOfKubernetes(Values values) {
        List<HasMetadata> objects = render(values.yaml);

        assertThat(objects)
                .allSatisfy(o -> {
                    assertThat(o.getMetadata().getName())
                            .matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
                    assertThat(o.getMetadata().getLabels())
                            .containsEntry("app.kubernetes.io/instance", "knob");
                });
        assertThat(objects.stream().map(o -> o.getKind() + " " + o.getMetadata().getName()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyPodIsRestricted(Values values) {
        List<PodSpec> pods = pods(render(values.yaml)).toList();

        assertThat(pods).hasSize(2);
        assertThat(pods)
                .allSatisfy(pod -> {
                    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
                    assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
                    assertThat(pod.getHostNetwork()).isNull();
                    assertThat(pod.getVolumes()).noneMatch(volume -> volume.getHostPath() != null);
                });
        assertThat(pods.stream().flatMap(ChartTest::containers))
                .hasSize(3)
                .allSatisfy(c -> {
                    assertThat(c.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
                    assertThat(c.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
                    assertThat(c.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                    assertThat(c.getResources().getRequests()).containsKeys("cpu", "memory");
                });
    }

    @ParameterizedTest
    @EnumSource
    void selectorsFindThePodsOfTheService(Values values) {
        List<HasMetadata> objects = render(values.yaml);
        Deployment deployment = only(objects, Deployment.class);
        Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
        Map<String, String> testLabels = only(objects, Pod.class).getMetadata().getLabels();

        assertThat(labels)
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        for (Service service : services(objects)) {
            Map<String, String> selector = service.getSpec().getSelector();
            assertThat(labels).containsAllEntriesOf(selector);
            assertThat(testLabels.entrySet().containsAll(selector.entrySet()))
                    .as("the test's pod serves")
                    .isFalse();
        }
        objects.forEach(object -> {
            switch (object) {
                case PodDisruptionBudget b ->
                        assertThat(labels)
                                .containsAllEntriesOf(b.getSpec().getSelector().getMatchLabels());
                case NetworkPolicy p ->
                        assertThat(labels)
                                .containsAllEntriesOf(
                                        p.getSpec().getPodSelector().getMatchLabels());
                case ServiceMonitor m ->
                        assertThat(services(objects))
                                .filteredOn(service ->
                                        service.getMetadata()
                                                .getLabels()
                                                .entrySet()
                                                .containsAll(
                                                        m.getSpec()
                                                                .getSelector()
                                                                .getMatchLabels()
                                                                .entrySet()))
                                .singleElement()
                                .satisfies(service ->
                                        assertThat(
                                                        service.getSpec()
                                                                .getPorts()
                                                                .getFirst()
                                                                .getName())
                                                .isEqualTo(
                                                        m.getSpec()
                                                                .getEndpoints()
                                                                .getFirst()
                                                                .getPort()));
                default -> {}
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void helmFindsNothingToMend(Values values) throws IOException {
        Path copy = copy();
        Map<String, Object> merged = Repository.yaml(Repository.CHART.resolve("values.yaml") + "");
        merge(merged, new org.yaml.snakeyaml.Yaml().load(values.yaml));
        Files.writeString(copy.resolve("values.yaml"), new org.yaml.snakeyaml.Yaml().dump(merged));

        LintResult result = new Helm(copy).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> values) {
        values.forEach((key, value) -> {
            if (value instanceof Map && into.get(key) instanceof Map) {
                merge((Map<String, Object>) into.get(key), (Map<String, Object>) value);
            } else {
                into.put(key, value);
            }
        });
    }

    @Test
    void theTestIsAHook() {
        assertThat(Repository.text("helm/gimbal/templates/tests/ready.yaml"))
                .contains("helm.sh/hook: test");
    }

    @Test
    void theDefaultsAreClosed() {
        List<HasMetadata> objects = render(NEEDED);

        assertThat(services(objects))
                .allMatch(service -> service.getSpec().getType().equals("ClusterIP"));
        NetworkPolicy policy = only(objects, NetworkPolicy.class);
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).hasSize(1);
        assertThat(policy.getSpec().getEgress()).as("names and the database").hasSize(2);
        assertThat(policy.getSpec().getIngress().getFirst().getFrom())
                .singleElement()
                .satisfies(peer ->
                        assertThat(only(objects, Pod.class).getMetadata().getLabels())
                                .as("the test's pod may call")
                                .containsAllEntriesOf(peer.getPodSelector().getMatchLabels()));
        assertThat(only(objects, ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
        assertThat(objects.stream().map(HasMetadata::getKind))
                .doesNotContain("ServiceMonitor", "PrometheusRule", "ConfigMap", "Secret")
                .doesNotContain("HorizontalPodAutoscaler", "Ingress");
    }

    @Test
    void theStartupProbeWaitsForTheModels() {
        Container service =
                only(render(NEEDED), Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst();
        Probe startup = service.getStartupProbe();

        assertThat(startup.getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isEqualTo(300);
        assertThat(service.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(service.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    }

    @Test
    void whatIsAskedForIsRendered() {
        List<HasMetadata> objects = render(EVERYTHING);
        Deployment deployment = only(objects, Deployment.class);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container service = pod.getContainers().getFirst();

        assertThat(deployment.getSpec().getReplicas()).as("the autoscaler's").isNull();
        assertThat(only(objects, HorizontalPodAutoscaler.class).getSpec().getMinReplicas())
                .isEqualTo(3);
        assertThat(pod.getRuntimeClassName()).isEqualTo("nvidia");
        assertThat(service.getResources().getLimits())
                .containsEntry("nvidia.com/gpu", new Quantity("2"))
                .containsKey("memory");
        assertThat(service.getImage()).isEqualTo("registry.example/gimbal:1.2.3");
        assertThat(service.getEnv())
                .anySatisfy(e ->
                        assertThat(e.getValue())
                                .isEqualTo(
                                        "jdbc:postgresql://db.example:5433/search?sslmode=verify-full&sslrootcert=/etc/ca.pem"))
                .anySatisfy(e -> assertThat(e.getName()).endsWith("QUEUE_CAPACITY"))
                .anySatisfy(e -> {
                    assertThat(e.getName()).isEqualTo("GIMBAL_SECURITY_OAUTH2_ISSUER");
                    assertThat(e.getValue()).isEqualTo("https://login.example");
                })
                .anySatisfy(e -> {
                    assertThat(e.getName()).isEqualTo("GIMBAL_SECURITY_OAUTH2_AUDIENCE");
                    assertThat(e.getValue()).isEqualTo("gimbal");
                });
        assertThat(only(objects, NetworkPolicy.class).getSpec().getEgress())
                .anySatisfy(rule -> {
                    assertThat(rule.getPorts().getFirst().getPort())
                            .isEqualTo(new IntOrString(5433));
                    assertThat(rule.getTo().getFirst().getIpBlock().getCidr())
                            .isEqualTo("10.0.0.0/8");
                })
                .anySatisfy(rule -> {
                    assertThat(rule.getPorts().getFirst().getPort())
                            .isEqualTo(new IntOrString(8443));
                    assertThat(rule.getTo().getFirst().getIpBlock().getCidr())
                            .isEqualTo("192.0.2.0/24");
                });
        assertThat(only(objects, PrometheusRule.class).getSpec().getGroups().getFirst().getRules())
                .hasSizeGreaterThan(5);
        assertThat(objects.stream().filter(ConfigMap.class::isInstance)).hasSize(2);
    }

    /// As `docs/operations.md` installs it: every secret that the service reads was made before,
    /// and it has a first key, without which it does not start.
    @Test
    void theInstallationThatIsDocumentedFindsItsSecrets() {
        String text = Repository.text("docs/operations.md");
        String install =
                text.substring(text.indexOf("helm install gimbal"), text.indexOf("helm test"));
        Map<String, Object> values = new HashMap<>();
        Pattern.compile("--set ([\\w.]+)=(\\S+)")
                .matcher(install)
                .results()
                .forEach(set -> {
                    String yaml =
                            "{" + set.group(1).replace(".", ": {") + ": " + set.group(2) + "}";
                    long depth = set.group(1).chars().filter(c -> c == '.').count();
                    merge(
                            values,
                            new org.yaml.snakeyaml.Yaml().load(yaml + "}".repeat((int) depth)));
                });
        Set<String> made = new HashSet<>();
        Pattern.compile("secret generic (\\S+) (.*)")
                .matcher(text)
                .results()
                .forEach(secret ->
                        Pattern.compile("--from-literal=([\\w-]+)=")
                                .matcher(secret.group(2))
                                .results()
                                .forEach(key -> made.add(secret.group(1) + "/" + key.group(1))));

        List<EnvVar> secret =
                pods(render(new org.yaml.snakeyaml.Yaml().dump(values)))
                        .flatMap(ChartTest::containers)
                        .flatMap(container -> container.getEnv().stream())
                        .filter(variable -> variable.getValueFrom() != null)
                        .toList();

        assertThat(secret.stream().map(EnvVar::getName)).contains("GIMBAL_SECURITY_FIRST_KEY");
        assertThat(
                        secret.stream()
                                .map(variable -> variable.getValueFrom().getSecretKeyRef())
                                .map(reference -> reference.getName() + "/" + reference.getKey())
                                .collect(Collectors.toSet()))
                .isEqualTo(made);
    }

    @Test
    void wrongValuesAreRefused() {
        assertThatThrownBy(() -> render("replicas: 1\n")).hasMessageContaining("database.host");
        assertThatThrownBy(() -> render("database: {host: db.example}\n"))
                .hasMessageContaining("database.existingSecret");
        assertThatThrownBy(() -> render(NEEDED + "replica: 2\n")).hasMessageContaining("replica");
        assertThatThrownBy(() -> render(NEEDED + "service: {type: Public}\n"))
                .hasMessageContaining("type");
        assertThatThrownBy(() -> render(NEEDED + "replicas: many\n"))
                .hasMessageContaining("replicas");
        assertThatThrownBy(() -> render(NEEDED + "oauth2: {issuer: \"https://login.example\"}\n"))
                .hasMessageContaining("audience");
        assertThatThrownBy(() ->
                        render(
                                NEEDED
                                        + "oauth2: {issuer: \"http://login.example\", audience: a}\n"))
                .hasMessageContaining("issuer");
    }
}
