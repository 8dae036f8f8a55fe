package dev.gimbal.web;

import dev.gimbal.dataset.BadInputException;
import dev.gimbal.retrieval.ActiveModels;
import dev.gimbal.retrieval.Ingestion;
import dev.gimbal.store.Collections;
import dev.gimbal.store.OperationRunner;
import dev.gimbal.store.Outage;
import dev.gimbal.store.Progress;
import dev.gimbal.store.SearchCollection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bulk upload of NDJSON: the body is put on disk while it arrives, then read line by line in the
/// background. Good lines are kept; bad ones are reported by number in the operation's result.
@Component
class BulkUpload {
    private final Collections collections;
    private final Ingestion ingestion;
    private final ActiveModels models;
    private final OperationRunner operations;
    private final JsonMapper json;
    private final WebSettings settings;

    BulkUpload(
            Collections collections,
            Ingestion ingestion,
            ActiveModels models,
            OperationRunner operations,
            JsonMapper json,
            WebSettings settings) {
        this.collections = collections;
        this.ingestion = ingestion;
        this.models = models;
        this.operations = operations;
        this.json = json;
        this.settings = settings;
    }

    private record Pending(long line, Ingestion.Checked item) {}

    /// Takes the body and queues its work.
    ///
    /// @return the operation's id
    /// @throws BadInputException for an empty body
    UUID submit(SearchCollection collection, InputStream body) throws IOException {
        models.of(collection, null);
        SpooledLines lines = SpooledLines.of(body);
        try {
            if (lines.count() == 0) {
                throw new BadInputException("body", "", "the body holds no line");
            }
            return operations.submit("ingest", progress -> work(collection, lines, progress));
        } catch (RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private JsonNode work(SearchCollection collection, SpooledLines lines, Progress progress)
            throws IOException {
        BulkResult.Tally tally = new BulkResult.Tally();
        List<Pending> batch = new ArrayList<>();
        SearchCollection current = collection;
        try (LineReader reader = lines.reader(settings.maxBody().toBytes())) {
            for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
                progress.report(line.number() - 1, lines.count());
                progress.checkCancelled();
                read(current, line, batch, tally);
                if (batch.size() == Ingestion.BATCH) {
                    flush(current, batch, tally);
                    // its model may be another by now
                    current = Outage.outlast(() -> collections.get(collection.name()));
                }
            }
            flush(current, batch, tally);
            progress.report(lines.count(), lines.count());
        }
        return json.valueToTree(tally.result());
    }

    private void read(
            SearchCollection collection,
            LineReader.Line line,
            List<Pending> batch,
            BulkResult.Tally tally) {
        if (line.blank() && line.whole()) {
            return;
        }
        try {
            if (!line.whole()) {
                throw new BadInputException(
                        "line", line.number(), "a line must not exceed " + settings.maxBody());
            }
            ItemRequest request = json.readValue(line.bytes(), ItemRequest.class);
            if (request == null) {
                throw new BadInputException("line", "null", "a line holds one JSON object");
            }
            batch.add(new Pending(line.number(), ingestion.check(collection, request.item(null))));
        } catch (BadInputException e) {
            tally.reject(new BulkResult.LineError(line.number(), e.field(), e.value(), e.reason()));
        } catch (JacksonException e) {
            ProblemDetail problem = Problems.json(e);
            tally.reject(
                    new BulkResult.LineError(
                            line.number(),
                            Problem.property(problem, "field"),
                            Problem.property(problem, "value"),
                            problem.getDetail()));
        }
    }

    /// Writes a batch; if the database refuses it, item by item, so that only the bad one is lost.
    private void flush(SearchCollection collection, List<Pending> batch, BulkResult.Tally tally) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            write(collection, batch.stream().map(Pending::item).toList());
            tally.wrote(batch.size());
        } catch (IllegalArgumentException _) {
            batch.forEach(pending -> flushAlone(collection, pending, tally));
        }
        batch.clear();
    }

    private void write(SearchCollection collection, List<Ingestion.Checked> items) {
        Outage.outlast(() -> ingestion.write(collection, items));
    }

    private void flushAlone(SearchCollection collection, Pending pending, BulkResult.Tally tally) {
        try {
            write(collection, List.of(pending.item()));
            tally.wrote(1);
        } catch (IllegalArgumentException e) {
            tally.reject(
                    new BulkResult.LineError(
                            pending.line(), "item", pending.item().item().id(), e.getMessage()));
        }
    }
}
