package dev.gimbal.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Keeps web pages from elsewhere away: on loopback, where no key is asked for, a `Host` that is
/// not ours is refused (DNS rebinding); on any address a write from another site is, since a
/// browser sends a key along that it was given before.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class LoopbackGuard extends OncePerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> hosts = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final boolean onLoopback;
    private final ProblemWriter problems;

    @Autowired
    LoopbackGuard(KeyRule rule, WebSettings settings, ProblemWriter problems) {
        this(rule.onLoopback(), settings, problems);
    }

    LoopbackGuard(boolean onLoopback, WebSettings settings, ProblemWriter problems) {
        this.onLoopback = onLoopback;
        this.problems = problems;
        settings.allowedHosts().forEach(h -> hosts.add(h.toLowerCase(Locale.ROOT)));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        if (onLoopback && (host == null || !hosts.contains(name(host)))) {
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
            if (origin != null && !isOwn(host, origin)) {
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

    private static boolean isOwn(@Nullable String host, String origin) {
        return host != null && host.equalsIgnoreCase(authority(origin));
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
