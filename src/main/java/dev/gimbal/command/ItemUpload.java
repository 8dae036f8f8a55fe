package dev.gimbal.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lines of items on their way into a collection: in parts that end where a line ends, one after
/// the other, each of them an operation of the service and far below its limit. A line that is
/// longer than a part is for the service to judge.
final class ItemUpload extends OutputStream {
    private static final int MOST_ERRORS = 1000;

    private final RemoteService service;
    private final String path;
    private final int part;
    private final long total;

    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final ArrayNode errors = RemoteService.JSON.createArrayNode();
    private int lineEnd;
    private long lines;
    private long written;
    private long rejected;

    /// @param path of the collection's items
    /// @param part bytes that are worth sending
    /// @param total lines that are to come, which progress is told of; 0 when it is not known
    ItemUpload(RemoteService service, String path, int part, long total) {
        this.service = service;
        this.path = path;
        this.part = part;
        this.total = total;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /// Takes bytes of lines; returns after the service has worked off a part when one is full.
    ///
    /// @throws IOException when the service does not answer, or the operation fails
    /// @throws IllegalArgumentException when the service refuses a part
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = length - 1; i >= 0; i--) {
            if (bytes[offset + i] == '\n') {
                lineEnd = waiting.size() + i + 1;
                break;
            }
        }
        waiting.write(bytes, offset, length);
        if (waiting.size() >= part && lineEnd > 0) {
            byte[] all = waiting.toByteArray();
            byte[] whole = Arrays.copyOf(all, lineEnd);
            waiting.reset();
            waiting.write(all, lineEnd, all.length - lineEnd);
            lineEnd = 0;
            send(whole);
        }
    }

    /// Sends what is left.
    ///
    /// @return `written` and `rejected` over all parts, and the first `errors` by line
    JsonNode finish() throws IOException {
        if (waiting.size() > 0 || lines == 0) {
            send(waiting.toByteArray());
            waiting.reset();
        }
        System.err.println();
        ObjectNode result =
                RemoteService.JSON
                        .createObjectNode()
                        .put("written", written)
                        .put("rejected", rejected);
        result.set("errors", errors);
        return result;
    }

    private void send(byte[] whole) throws IOException {
        JsonNode done;
        try {
            String operation =
                    service.postLines(path, BodyPublishers.ofByteArray(whole))
                            .path("operation")
                            .asString();
            done = service.await(operation, this::show);
        } catch (IOException e) {
            if (lines == 0) {
                throw e;
            }
            System.err.println();
            throw new IOException(
                    "after line %d, with %d items written and %d rejected: %s"
                            .formatted(lines, written, rejected, e.getMessage()),
                    e);
        }
        add(done.path("result"));
        if (!done.path("state").asString().equals("SUCCEEDED")) {
            System.err.println();
            throw new IOException(
                    "the upload ended as %s after %d items: %s; the same command begins it anew"
                            .formatted(
                                    done.path("state").asString(),
                                    written,
                                    done.path("error").asString("")));
        }
        for (byte value : whole) {
            lines += value == '\n' ? 1 : 0;
        }
    }

    private void add(JsonNode result) {
        written += result.path("written").asLong(0);
        rejected += result.path("rejected").asLong(0);
        for (JsonNode error : result.path("errors")) {
            if (errors.size() < MOST_ERRORS && error instanceof ObjectNode named) {
                errors.add(named.put("line", lines + named.path("line").asLong(0)));
            }
        }
    }

    private void show(JsonNode state) {
        long done = lines + state.path("done").asLong(0);
        System.err.print("\r" + done + (total == 0 ? "" : " of " + total) + " items ");
    }
}
