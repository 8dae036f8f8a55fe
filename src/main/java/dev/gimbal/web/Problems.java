package dev.gimbal.web;

import dev.gimbal.bundle.BundleException;
import dev.gimbal.dataset.BadInputException;
import dev.gimbal.embedding.NativeMemoryException;
import dev.gimbal.embedding.OverloadedException;
import dev.gimbal.family.UnsupportedGenerationException;
import dev.gimbal.family.UnsupportedQueryException;
import dev.gimbal.retrieval.ModelMismatchException;
import dev.gimbal.retrieval.TimeLimitException;
import dev.gimbal.store.ConflictException;
import dev.gimbal.store.NotFoundException;
import dev.gimbal.store.Outage;
import dev.gimbal.store.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// The one place where an exception becomes an answer: a 4xx problem that names field and value for
/// everything that the caller can mend, and one line in the log only for what is our own fault.
@RestControllerAdvice
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /// During an outage of the database.
    static final String DATABASE_OUT =
            "the database does not answer for now; what this asks for needs it";

    private static final Set<Integer> COME_BACK =
            Set.of(HttpStatus.TOO_MANY_REQUESTS.value(), HttpStatus.SERVICE_UNAVAILABLE.value());

    private final Refusals refusals;

    Problems(Refusals refusals) {
        this.refusals = refusals;
    }

    /// @throws Exception the same, once an answer is under way: then the server cuts it off, and it
    ///   does not look whole
    @ExceptionHandler(Exception.class)
    @Nullable ResponseEntity<ProblemDetail> answer(
            Exception exception, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (cause(exception, AsyncRequestNotUsableException.class) != null) {
            return null; // the client has gone
        }
        if (response.isCommitted()) {
            LOG.error("{} {} broke off", request.getMethod(), request.getRequestURI(), exception);
            throw exception;
        }
        BodyTooLargeException tooLarge = cause(exception, BodyTooLargeException.class);
        BodyTooSlowException tooSlow = cause(exception, BodyTooSlowException.class);
        ProblemDetail problem =
                tooLarge != null ? of(tooLarge) : of(tooSlow != null ? tooSlow : exception);
        if (problem.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
        }
        refusals.count(problem, exception);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        switch (exception) {
            case TooManyRequestsException e ->
                    answer.header(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()));
            default -> {
                if (COME_BACK.contains(problem.getStatus())) {
                    answer.header(HttpHeaders.RETRY_AFTER, "1");
                }
            }
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    private static ProblemDetail of(Exception exception) {
        return switch (exception) {
            case BadInputException e ->
                    Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, e.reason(), e.field(), e.value());
            case UnsupportedQueryException e ->
                    Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage(), "query", null);
            case UnsupportedGenerationException e ->
                    Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage(), "model", null);
            case ModelMismatchException e ->
                    Problem.of(HttpStatus.CONFLICT, e.getMessage(), "model", e.asked());
            case NotFoundException e ->
                    Problem.of(HttpStatus.NOT_FOUND, e.getMessage(), e.kind(), e.name());
            case ConflictException e ->
                    Problem.of(HttpStatus.CONFLICT, e.getMessage(), "collection", null);
            case BundleException e ->
                    Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage(), "model", null);
            case ForbiddenException e ->
                    Problem.of(HttpStatus.FORBIDDEN, e.getMessage(), e.field(), e.value());
            case TooManyRequestsException e ->
                    Problem.of(HttpStatus.TOO_MANY_REQUESTS, e.getMessage(), null, null);
            case NativeMemoryException e ->
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage(), null, null);
            case TimeLimitException e ->
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage(), null, null);
            case OverloadedException e ->
                    Problem.of(HttpStatus.TOO_MANY_REQUESTS, e.getMessage(), null, null);
            case TransientDataAccessException _ -> unavailable();
            case RuntimeException e when Outage.is(e) -> unavailable();
            case DataAccessException e when Texts.refused(e) ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "a text holds the character U+0000, which nothing here can have",
                            null,
                            null);
            case BodyTooLargeException e ->
                    Problem.of(HttpStatus.CONTENT_TOO_LARGE, e.getMessage(), "body", null);
            case BodyTooSlowException e ->
                    Problem.of(HttpStatus.REQUEST_TIMEOUT, e.getMessage(), "body", null);
            case MaxUploadSizeExceededException e ->
                    Problem.of(HttpStatus.CONTENT_TOO_LARGE, e.getMessage(), "body", null);
            case MultipartException e ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "the multipart body is not valid",
                            "body",
                            null);
            case HttpMessageNotReadableException e -> unreadable(e);
            case JacksonException e -> json(e);
            case TypeMismatchException e ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "the value does not have the type that is expected here",
                            e.getPropertyName(),
                            e.getValue());
            case ErrorResponse e -> framework(e, exception);
            default ->
                    Problem.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "the service failed; its log says why",
                            null,
                            null);
        };
    }

    private static ProblemDetail unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, DATABASE_OUT, null, null);
    }

    /// What Spring itself refuses, with the header, parameter or path that it is about.
    private static ProblemDetail framework(ErrorResponse response, Exception exception) {
        String field = null;
        Object value = null;
        switch (exception) {
            case HttpMediaTypeNotSupportedException e -> {
                field = "Content-Type";
                value = e.getContentType();
            }
            case HttpMediaTypeNotAcceptableException _ -> field = "Accept";
            case HttpRequestMethodNotSupportedException e -> {
                field = "method";
                value = e.getMethod();
            }
            case MissingServletRequestParameterException e -> field = e.getParameterName();
            case MissingServletRequestPartException e -> field = e.getRequestPartName();
            case NoResourceFoundException e -> {
                field = "path";
                value = e.getResourcePath();
            }
            default -> {}
        }
        return Problem.of(response.getStatusCode(), response.getBody().getDetail(), field, value);
    }

    private static ProblemDetail unreadable(HttpMessageNotReadableException exception) {
        JacksonException cause = cause(exception, JacksonException.class);
        if (cause != null) {
            return json(cause);
        }
        return Problem.of(HttpStatus.BAD_REQUEST, "the body is empty or incomplete", "body", "");
    }

    /// A body that is not JSON, or not the JSON that is expected.
    static ProblemDetail json(JacksonException exception) {
        BadInputException ours = cause(exception, BadInputException.class);
        String path = path(exception);
        if (ours != null) {
            return Problem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    ours.getMessage(),
                    ours.field(),
                    ours.value());
        }
        return switch (exception) {
            case UnrecognizedPropertyException e ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "unknown field '%s', known are %s"
                                    .formatted(e.getPropertyName(), e.getKnownPropertyIds()),
                            path,
                            e.getPropertyName());
            case InvalidFormatException e ->
                    Problem.of(HttpStatus.BAD_REQUEST, e.getOriginalMessage(), path, e.getValue());
            default ->
                    Problem.of(
                            HttpStatus.BAD_REQUEST,
                            exception.getOriginalMessage(),
                            path.isEmpty() ? "body" : path,
                            exception.getLocation() == null
                                    ? null
                                    : "line %d, column %d"
                                            .formatted(
                                                    exception.getLocation().getLineNr(),
                                                    exception.getLocation().getColumnNr()));
        };
    }

    /// The place of an error in its document, such as `query[0].vector`.
    private static String path(JacksonException exception) {
        return exception.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null
                                ? "[" + step.getIndex() + "]"
                                : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
