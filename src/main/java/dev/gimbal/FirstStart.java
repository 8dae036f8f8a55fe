package dev.gimbal;

import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.store.Collections;
import dev.gimbal.store.GimbalProperties;
import dev.gimbal.store.Models;
import dev.gimbal.store.Operation;
import dev.gimbal.store.OperationRunner;
import dev.gimbal.store.Operations;
import dev.gimbal.store.Progress;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Makes a fresh service useful: installs the bundled models, each with a collection that shows
/// what it does ([BundledExample]). When the service says that it is ready, the collection that the
/// page shows first is filled; the others are there, and an operation fills them. On later starts
/// it only loads the models that collections need.
///
/// Its operation is on record before anything else is written: as long as the newest of its kind
/// has not succeeded, as when the process was killed, the next start goes on with it.
///
/// `gimbal.examples=false` leaves a fresh database empty.
@Component
final class FirstStart implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final String KIND = "first-start";
    private static final BundledExample SHOWN = BundledExample.ALL.getLast();
    private static final List<BundledExample> OTHERS =
            BundledExample.ALL.subList(0, BundledExample.ALL.size() - 1);

    private final Models models;
    private final Collections collections;
    private final ActiveModels active;
    private final ExampleInstaller installer;
    private final Operations records;
    private final OperationRunner operations;
    private final boolean examples;

    FirstStart(
            Models models,
            Collections collections,
            ActiveModels active,
            ExampleInstaller installer,
            Operations records,
            OperationRunner operations,
            GimbalProperties properties) {
        this.models = models;
        this.collections = collections;
        this.active = active;
        this.installer = installer;
        this.records = records;
        this.operations = operations;
        this.examples = properties.examples();
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        Set<String> left = examples && (isFresh() || wasCutShort()) ? begin() : Set.of();
        collections.list().stream()
                .map(collection -> collection.model())
                .filter(model -> model != null && !left.contains(model))
                .distinct()
                .forEach(this::warmUp);
    }

    /// A model that does not load keeps nobody from the others; it is tried again when it is
    /// needed.
    private void warmUp(String fingerprint) {
        try {
            active.get(fingerprint).warmUp();
        } catch (RuntimeException e) {
            LOG.warn("model {} does not load: {}", fingerprint, e.getMessage());
        }
    }

    private boolean isFresh() {
        return models.list().isEmpty() && collections.list().isEmpty();
    }

    private boolean wasCutShort() {
        return records.newest(KIND)
                .map(Operation::state)
                .filter(state ->
                        state != Operation.State.SUCCEEDED && state != Operation.State.CANCELLED)
                .isPresent();
    }

    /// @return fingerprints of the models that its operation will load
    private Set<String> begin() throws IOException {
        CompletableFuture<Integer> shown = new CompletableFuture<>();
        operations.submit(KIND, progress -> fillOthers(shown, progress));
        try {
            Set<String> left = new HashSet<>();
            for (BundledExample example : OTHERS) {
                left.add(installer.prepare(example));
            }
            installer.prepare(SHOWN);
            shown.complete(installer.fill(SHOWN));
            return left;
        } catch (IOException | RuntimeException | Error e) {
            shown.completeExceptionally(e);
            throw e;
        }
    }

    private JsonNode fillOthers(CompletableFuture<Integer> shown, Progress progress)
            throws Exception {
        int written = shown.get();
        int done = 1;
        for (BundledExample example : OTHERS) {
            progress.report(done++, BundledExample.ALL.size());
            progress.checkCancelled();
            written += installer.fill(example);
        }
        return JsonNodeFactory.instance.objectNode().put("items", written);
    }
}
