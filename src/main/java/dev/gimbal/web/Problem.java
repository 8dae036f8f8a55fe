package dev.gimbal.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/// RFC 9457 problem details with the two members that every refusal of ours has: `field` and
/// `value`.
final class Problem {
    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_DETAIL = 1000;

    private Problem() {}

    static ProblemDetail of(
            HttpStatusCode status,
            @Nullable String detail,
            @Nullable String field,
            @Nullable Object value) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(
                        status, detail == null ? "" : shortened(detail, LONGEST_DETAIL));
        if (status instanceof HttpStatus known) {
            problem.setTitle(known.getReasonPhrase());
        }
        problem.setProperty("field", field);
        problem.setProperty(
                "value", value == null ? null : shortened(String.valueOf(value), LONGEST_VALUE));
        return problem;
    }

    static @Nullable String property(ProblemDetail problem, String name) {
        Map<String, Object> properties = problem.getProperties();
        Object value = properties == null ? null : properties.get(name);
        return value == null ? null : value.toString();
    }

    private static String shortened(String value, int longest) {
        return value.length() <= longest
                ? value
                : value.substring(0, longest) + "... (" + value.length() + " characters)";
    }
}
