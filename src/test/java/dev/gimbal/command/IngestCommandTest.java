package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.web.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// A file travels in as many parts as it takes.
@ExtendWith(OutputCaptureExtension.class)
class IngestCommandTest {
    private static final int LINES = 1000;
    private static final Service SERVICE = Service.shared();

    @TempDir private Path folder;

    @Test
    void aFileOfSeveralPartsIsAddedUpAndItsBadLinesAreNamedAsInTheFile(CapturedOutput output)
            throws IOException {
        Instant start = Instant.now();
        Path file = folder.resolve("items.ndjson");
        Files.writeString(
                file,
                IntStream.rangeClosed(1, LINES)
                        .mapToObj(IngestCommandTest::line)
                        .collect(Collectors.joining("\n")));

        int status = ingest("in-parts", file);

        JsonNode result = RemoteService.JSON.readTree(printed(output.getOut()));
        assertThat(status).isEqualTo(1);
        assertThat(result.get("written").intValue()).isEqualTo(LINES - 2);
        assertThat(result.get("rejected").intValue()).isEqualTo(2);
        assertThat(result.get("errors").valueStream().map(error -> error.get("line").intValue()))
                .containsExactly(7, 750);
        assertThat(output.getErr()).contains("1000 of 1000 items");
        assertThat(partsSince(start)).isGreaterThan(3);
        JsonNode collection = SERVICE.get("/v1/collections/in-parts").json();
        assertThat(collection.get("items").intValue()).isEqualTo(LINES - 2);
    }

    @Test
    void anEmptyFileIsRefused(CapturedOutput output) throws IOException {
        Path file = Files.writeString(folder.resolve("empty.ndjson"), "");

        assertThat(ingest("in-no-parts", file)).isNotZero();
        assertThat(output.getErr()).contains("the body holds no line");
    }

    /// The answer among the lines of a log, which tests of a service that ran before have left on.
    private static String printed(String output) {
        return output.substring(output.indexOf("{\n"), output.lastIndexOf("\n}") + 2);
    }

    private static int ingest(String collection, Path file) {
        IngestCommand command = new IngestCommand();
        command.part = 4000;
        return new CommandLine(command)
                .execute(
                        "--collection=" + collection,
                        "--model=tiny-vectors",
                        "--url=" + SERVICE.url(),
                        file.toString());
    }

    /// Lines 7 and 750 have a vector of the wrong length.
    private static String line(int number) {
        return "{\"id\":\"i%d\",\"values\":{\"x1\":{\"vector\":[1,2,3,4,5%s]},\"x2\":{\"vector\":[1,2,3,4,%d]}}}"
                .formatted(number, number == 7 || number == 750 ? "" : ",6", number);
    }

    private static long partsSince(Instant start) {
        return SERVICE.get("/v1/operations")
                .json()
                .valueStream()
                .filter(operation -> operation.get("kind").stringValue().equals("ingest"))
                .filter(operation ->
                        Instant.parse(operation.get("created").stringValue()).isAfter(start))
                .count();
    }
}
