package dev.gimbal.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.web.openapi.Contract.Operation;
import dev.gimbal.web.openapi.FreshService.Call;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Every operation of the document is sent made-up requests, half of which keep to the document: no
/// answer is a 5xx, each is one that the document knows, no body that the document refuses is
/// taken, and after each operation's requests the service still answers as before.
///
/// `-Dgimbal.fuzz.requests=1000` sends so many malformed ones an operation, and
/// `-Dgimbal.fuzz.seed` others.
class ContractFuzzTest {
    private static final int REQUESTS = Integer.getInteger("gimbal.fuzz.requests", 25);
    private static final long SEED = Long.getLong("gimbal.fuzz.seed", 1);
    private static final FreshService SERVICE = FreshService.shared();
    private static final Contract CONTRACT = new Contract(SERVICE.get("/v3/api-docs"));
    private static JsonNode before;

    @BeforeAll
    static void collection() {
        SERVICE.send(
                Call.json(
                        "PUT",
                        "/v1/collections/fuzz",
                        FreshService.JSON.readTree("{\"model\":\"plates-rivae\"}")));
        before = probe();
    }

    @TestFactory
    Stream<DynamicTest> everyOperationKeepsToTheDocument() {
        return CONTRACT.operations().stream()
                .map(operation ->
                        DynamicTest.dynamicTest(operation.toString(), () -> fuzz(operation)));
    }

    private static void fuzz(Operation operation) {
        RequestFuzzer fuzzer =
                new RequestFuzzer(CONTRACT, SEED * 31 + operation.toString().hashCode());
        boolean costly = operation.id().equals("runBenchmark");
        List<String> found = new ArrayList<>();
        for (int i = 0; i < (costly ? 2 : REQUESTS); i++) {
            found.addAll(findings(operation, fuzzer.valid(operation)));
        }
        for (int i = 0; i < REQUESTS; i++) {
            found.addAll(findings(operation, fuzzer.malformed(operation)));
        }
        assertThat(found).isEmpty();
        assertThat(probe()).as("the answer to the next query").isEqualTo(before);
    }

    private static List<String> findings(Operation operation, Call call) {
        HttpResponse<byte[]> answer = SERVICE.send(call);
        List<String> found = new ArrayList<>(CONTRACT.violations(operation, answer));
        if (answer.statusCode() >= 500) {
            found.add("a failure");
        }
        if (answer.statusCode() < 400 && call.contentType().equals("application/json")) {
            found.addAll(CONTRACT.bodyViolations(operation, call.body()));
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return found.stream()
                .map(what -> "%s\n  %s -> %s %s".formatted(what, call, answer.statusCode(), body))
                .toList();
    }

    private static JsonNode probe() {
        JsonNode answer =
                FreshService.JSON.readTree(
                        SERVICE.send(
                                        Call.json(
                                                "POST",
                                                "/v1/collections/plates/query",
                                                FreshService.JSON.readTree(
                                                        "{\"query\":[{\"text\":\"chocolate cake\"}],\"k\":5}")))
                                .body());
        return answer.path("hits");
    }
}
