package dev.gimbal.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who calls ([Callers]). A key or token that is presented counts even where none is
/// needed, so a wrong one is refused everywhere. What the caller may do is decided by [Access].
///
/// Without one, one sees the page's own files and whether the service lives, nothing else.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
final class KeyFilter extends OncePerRequestFilter {
    private static final String CALLER = KeyFilter.class.getName() + ".caller";
    private static final List<String> GUARDED = List.of("/v1", "/v3", "/actuator");
    private static final String BEARER = "Bearer realm=\"gimbal\"";

    private final KeyRule rule;
    private final Callers callers;
    private final RateLimits limits;
    private final ProblemWriter problems;

    KeyFilter(KeyRule rule, Callers callers, RateLimits limits, ProblemWriter problems) {
        this.rule = rule;
        this.callers = callers;
        this.limits = limits;
        this.problems = problems;
    }

    /// Whose request it is; `null` for nobody's.
    static @Nullable Caller caller(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof Caller caller ? caller : null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (passes(request, response)) {
            chain.doFilter(request, response);
        }
    }

    private boolean passes(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            if (rule.required() && guarded(request)) {
                challenge(response, "Basic realm=\"gimbal\", " + BEARER);
                refuse(request, response, HttpStatus.UNAUTHORIZED, "this needs an API key");
                return false;
            }
            return true;
        }
        switch (callers.identify(header)) {
            case Identity.Known(Caller caller) -> {
                request.setAttribute(CALLER, caller);
                return withinLimits(caller, request, response);
            }
            case Identity.Unproven(String detail, boolean token) -> {
                challenge(
                        response,
                        token
                                ? BEARER + ", error=\"invalid_token\""
                                : "Basic realm=\"gimbal\", " + BEARER);
                refuse(request, response, HttpStatus.UNAUTHORIZED, detail);
            }
            case Identity.Powerless(String detail, String needed) -> {
                challenge(
                        response,
                        BEARER + ", error=\"insufficient_scope\", scope=\"" + needed + "\"");
                refuse(request, response, HttpStatus.FORBIDDEN, detail);
            }
            case Identity.Untold(String detail) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE, detail);
            }
        }
        return false;
    }

    private boolean withinLimits(
            Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            limits.take(caller, 1);
            return true;
        } catch (TooManyRequestsException e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()));
            problems.write(
                    request,
                    response,
                    Problem.of(HttpStatus.TOO_MANY_REQUESTS, e.getMessage(), null, null));
            return false;
        }
    }

    /// By the path as the server resolved it, so that no spelling of it passes by.
    private static boolean guarded(HttpServletRequest request) {
        String path =
                request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
        return GUARDED.stream().anyMatch(path::startsWith);
    }

    private static void challenge(HttpServletResponse response, String schemes) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, schemes);
    }

    /// The refused text stays out of the answer.
    private void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String detail)
            throws IOException {
        problems.write(
                request, response, Problem.of(status, detail, HttpHeaders.AUTHORIZATION, null));
    }
}
