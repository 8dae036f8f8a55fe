package dev.gimbal.web;

import dev.gimbal.embedding.OverloadedException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Lets only so many requests with a body be worked on at once and refuses the others at once: the
/// wait for a processor or a database connection would grow without end, and nobody's answer would
/// be quick.
///
/// It stands at the server's door, before any filter, since under an overload most of what comes is
/// refused, and what that costs is taken from those who are let in. A place is taken when the body
/// has arrived: here, where it came with the head, and otherwise later ([AdmissionAfterBody]), so
/// that a slow sender holds none. It is given back here when the request is over.
@Component
final class Admission extends ValveBase
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String TAKEN = Admission.class.getName() + ".taken";
    private static final Set<String> COUNTED = Set.of("POST", "PUT", "PATCH");

    private final int capacity;
    private final Semaphore places;
    private final OverloadAnswer refusal;

    Admission(WebSettings settings, Refusals refusals, MeterRegistry registry) {
        super(true);
        capacity = settings.places();
        places = new Semaphore(capacity);
        refusal = new OverloadAnswer(new OverloadedException(capacity), refusals);
        Gauge.builder("gimbal.occupancy", () -> busy() / (double) capacity)
                .description("share of the places for requests with a body that are taken")
                .register(registry);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(this);
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
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.isAsyncDispatching()) {
            getNext().invoke(request, response);
        } else if (!COUNTED.contains(request.getMethod())) {
            admit(request, response);
        } else if (!places.tryAcquire()) {
            refusal.send(request, response);
        } else {
            if (bodyIsHere(request)) {
                request.setAttribute(TAKEN, true);
            } else {
                places.release();
            }
            admit(request, response);
        }
    }

    private void admit(Request request, Response response) throws IOException, ServletException {
        try {
            getNext().invoke(request, response);
        } finally {
            if (request.getAttribute(TAKEN) != null) {
                request.removeAttribute(TAKEN);
                places.release();
            }
        }
    }

    /// Whether the whole body was read along with the head.
    private static boolean bodyIsHere(Request request) {
        long length = request.getContentLengthLong();
        return length >= 0 && request.getCoyoteRequest().getInputBuffer().available() >= length;
    }
}
