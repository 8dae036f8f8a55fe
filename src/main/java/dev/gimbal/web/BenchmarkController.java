package dev.gimbal.web;

import dev.gimbal.benchmark.BenchmarkPlan;
import dev.gimbal.benchmark.BenchmarkRunner;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.store.BenchmarkRun;
import dev.gimbal.store.BenchmarkRuns;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.OperationRunner;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Retrieval benchmarks: run in the background, kept for good.
@RestController
@RequestMapping("/v1/benchmarks")
class BenchmarkController {
    private static final int LISTED = 100;
    private static final int DEFAULT_SIZE = 1000;
    private static final int DEFAULT_DRAWS = 10;

    private final BenchmarkRunner runner;
    private final BenchmarkRuns runs;
    private final ActiveModels models;
    private final OperationRunner operations;
    private final JsonMapper json;

    BenchmarkController(
            BenchmarkRunner runner,
            BenchmarkRuns runs,
            ActiveModels models,
            OperationRunner operations,
            JsonMapper json) {
        this.runner = runner;
        this.runs = runs;
        this.models = models;
        this.operations = operations;
        this.json = json;
    }

    @GetMapping
    List<BenchmarkRun> list() {
        return runs.list(LISTED);
    }

    @GetMapping("/{id}")
    BenchmarkRun get(@PathVariable UUID id) {
        return runs.find(id).orElseThrow(() -> new NotFoundException("benchmark", id));
    }

    @PostMapping
    ResponseEntity<Accepted> run(@RequestBody BenchmarkRequest body) {
        BenchmarkPlan plan = plan(body);
        runner.check(plan);
        UUID id = UUID.randomUUID();
        UUID operation =
                operations.submit(
                        "benchmark", progress -> json.valueToTree(runner.run(id, plan, progress)));
        return Accepted.answer(operation, id);
    }

    private BenchmarkPlan plan(BenchmarkRequest body) {
        String model = body.model();
        if (model == null) {
            throw new BadInputException("model", "none", "name the model");
        }
        String dataset = body.dataset();
        if (dataset == null) {
            throw new BadInputException("dataset", "none", "name the data set");
        }
        return new BenchmarkPlan(
                models.named(model).bundle().fingerprint(),
                dataset,
                Optional.ofNullable(body.size()).orElse(DEFAULT_SIZE),
                Optional.ofNullable(body.draws()).orElse(DEFAULT_DRAWS),
                Optional.ofNullable(body.seed()).orElse(1L));
    }
}
