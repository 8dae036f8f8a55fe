package dev.gimbal.web;

import dev.gimbal.store.ApiKey;
import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.Outage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who calls: `Authorization: Bearer <key>`, or, for browsers, `Basic` with the key as
/// the password under any name. A key that is presented counts even where none is needed, so a
/// wrong one is refused everywhere. What the key may do is decided by [Access].
///
/// Without a key one sees the page's own files and whether the service lives, nothing else.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
final class KeyFilter extends OncePerRequestFilter {
    private static final String KEY = KeyFilter.class.getName() + ".key";
    private static final List<String> GUARDED = List.of("/v1", "/v3", "/actuator");

    private final KeyRule rule;
    private final ApiKeys keys;
    private final RateLimits limits;
    private final ProblemWriter problems;

    KeyFilter(KeyRule rule, ApiKeys keys, RateLimits limits, ProblemWriter problems) {
        this.rule = rule;
        this.keys = keys;
        this.limits = limits;
        this.problems = problems;
    }

    /// Whose request it is; `null` for nobody's.
    static @Nullable ApiKey key(HttpServletRequest request) {
        return request.getAttribute(KEY) instanceof ApiKey key ? key : null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            if (rule.required() && guarded(request)) {
                refuse(request, response, "this needs an API key");
                return;
            }
        } else {
            Optional<ApiKey> key;
            try {
                key = presented(header).flatMap(keys::authenticate);
            } catch (RuntimeException e) {
                if (!Outage.is(e)) {
                    throw e;
                }
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                problems.write(request, response, Problems.unavailable());
                return;
            }
            if (key.isEmpty()) {
                refuse(request, response, "this is no API key of this service, or a revoked one");
                return;
            }
            request.setAttribute(KEY, key.get());
            try {
                limits.take(key.get(), 1);
            } catch (TooManyRequestsException e) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()));
                problems.write(
                        request,
                        response,
                        Problem.of(HttpStatus.TOO_MANY_REQUESTS, e.getMessage(), null, null));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /// By the path as the server resolved it, so that no spelling of it passes by.
    private static boolean guarded(HttpServletRequest request) {
        String path =
                request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
        return GUARDED.stream().anyMatch(path::startsWith);
    }

    /// The refused text stays out of the answer.
    private void refuse(HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"gimbal\", Bearer realm=\"gimbal\"");
        problems.write(
                request,
                response,
                Problem.of(HttpStatus.UNAUTHORIZED, detail, HttpHeaders.AUTHORIZATION, null));
    }

    private static Optional<String> presented(String header) {
        String[] words = header.strip().split(" +", 2);
        if (words.length != 2) {
            return Optional.empty();
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(words[1]);
            case "basic" -> password(words[1]);
            default -> Optional.empty();
        };
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair =
                    new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
