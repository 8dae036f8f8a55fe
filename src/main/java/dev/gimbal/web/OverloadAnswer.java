package dev.gimbal.web;

import dev.gimbal.embedding.OverloadedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/// The problem that a request gets at the door while all places are taken: but for its `instance`
/// the same bytes each time, made once. It is 429 and not 503, after which the server would close
/// the connection: a new one costs both sides more than the refusal.
final class OverloadAnswer {
    /// An address as the server lets it through, which JSON takes as it is.
    private static final Pattern PLAIN = Pattern.compile("[!#-\\[\\]-~]{0,2000}");

    private final Refusals refusals;
    private final String start;

    OverloadAnswer(OverloadedException reason, Refusals refusals) {
        this.refusals = refusals;
        this.start =
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"instance\":\""
                        .formatted(
                                HttpStatus.TOO_MANY_REQUESTS.getReasonPhrase(),
                                HttpStatus.TOO_MANY_REQUESTS.value(),
                                reason.getMessage());
    }

    void send(Request request, Response response) throws IOException {
        refusals.countOverload();
        String path = request.getRequestURI();
        byte[] problem =
                (start + (PLAIN.matcher(path).matches() ? path : "/") + "\"}")
                        .getBytes(StandardCharsets.US_ASCII);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        PageHeaders.set(response);
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }
}
