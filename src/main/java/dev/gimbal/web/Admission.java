package dev.gimbal.web;

import dev.gimbal.embedding.OverloadedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets only so many requests with a body be worked on at once and refuses the others at once: the
/// wait for a processor or a database connection would grow without end, and nobody's answer would
/// be quick.
///
/// A place is taken when the body has arrived ([AdmissionAfterBody]), so that a slow sender holds
/// none, and given back here when the request is over. While all are taken, a request is refused
/// before its body is read, which costs next to nothing.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 18)
final class Admission extends OncePerRequestFilter {
    private static final String TAKEN = Admission.class.getName() + ".taken";
    private static final Set<String> COUNTED = Set.of("POST", "PUT", "PATCH");

    private final int capacity;
    private final Semaphore places;
    private final ProblemWriter problems;

    Admission(WebSettings settings, ProblemWriter problems) {
        capacity = settings.places();
        places = new Semaphore(capacity);
        this.problems = problems;
    }

    /// How many places are taken.
    int busy() {
        return capacity - places.availablePermits();
    }

    /// Takes a place for a request that has none yet.
    ///
    /// @throws OverloadedException when there is none
    void take(HttpServletRequest request) {
        if (request.getAttribute(TAKEN) == null) {
            if (!places.tryAcquire()) {
                throw new OverloadedException(capacity);
            }
            request.setAttribute(TAKEN, true);
        }
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (COUNTED.contains(request.getMethod()) && places.availablePermits() == 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            String detail = new OverloadedException(capacity).getMessage();
            problems.write(
                    request,
                    response,
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, detail, null, null));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.getAttribute(TAKEN) != null) {
                request.removeAttribute(TAKEN);
                places.release();
            }
        }
    }
}
