package dev.gimbal.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Keeps web pages from elsewhere away from a service that listens on loopback without keys: a
/// `Host` that is not ours is refused (DNS rebinding), and so is a write from another site.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class LoopbackGuard extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackGuard.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> hosts = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final boolean onLoopback;
    private final ProblemWriter problems;

    LoopbackGuard(ServerProperties server, WebSettings settings, ProblemWriter problems) {
        InetAddress address = server.getAddress();
        this.onLoopback = address != null && address.isLoopbackAddress();
        this.problems = problems;
        if (!onLoopback) {
            LOG.warn(
                    "listening on {} without keys: whoever reaches this port may read and write",
                    address == null ? "every address" : address.getHostAddress());
        }
        settings.allowedHosts().forEach(h -> hosts.add(h.toLowerCase(Locale.ROOT)));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !onLoopback;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || !hosts.contains(name(host))) {
            refuse(
                    request,
                    response,
                    HttpHeaders.HOST,
                    host,
                    "this service does not know that host");
            return;
        }
        if (!READS.contains(request.getMethod())) {
            String site = request.getHeader("Sec-Fetch-Site");
            if (site != null && !OWN_SITES.contains(site)) {
                refuse(
                        request,
                        response,
                        "Sec-Fetch-Site",
                        site,
                        "writes from other sites are refused");
                return;
            }
            String origin = request.getHeader(HttpHeaders.ORIGIN);
            if (origin != null && !host.equalsIgnoreCase(authority(origin))) {
                refuse(
                        request,
                        response,
                        HttpHeaders.ORIGIN,
                        origin,
                        "writes from other sites are refused");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            String header,
            @Nullable String value,
            String detail)
            throws IOException {
        problems.write(request, response, Problem.of(HttpStatus.FORBIDDEN, detail, header, value));
    }

    private static String name(String host) {
        int port = host.lastIndexOf(':');
        boolean hasPort = port > host.lastIndexOf(']');
        return (hasPort ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
