package dev.gimbal.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies beyond their limit: by the announced length before a byte is read, by counting
/// where no length was announced.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class BodyLimitFilter extends OncePerRequestFilter {
    private static final String STARTED = BodyLimitFilter.class.getName() + ".started";

    private final WebSettings settings;
    private final ProblemWriter problems;

    BodyLimitFilter(WebSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /// When a request came in, by [System#nanoTime()].
    static long started(HttpServletRequest request) {
        return request.getAttribute(STARTED) instanceof Long start ? start : System.nanoTime();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(STARTED, System.nanoTime());
        DataSize limit = settings.limit(request.getMethod(), request.getRequestURI());
        long announced = request.getContentLengthLong();
        if (announced > limit.toBytes()) {
            problems.write(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.CONTENT_TOO_LARGE,
                            new BodyTooLargeException(limit).getMessage(),
                            "Content-Length",
                            announced));
        } else if (announced < 0) {
            chain.doFilter(new Limited(request, limit), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final DataSize limit;

        Limited(HttpServletRequest request, DataSize limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountingStream(super.getInputStream(), limit);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class CountingStream extends ServletInputStream {
        private final ServletInputStream stream;
        private final DataSize limit;
        private long seen;

        CountingStream(ServletInputStream stream, DataSize limit) {
            this.stream = stream;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = stream.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stream.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) {
            seen += bytes;
            if (seen > limit.toBytes()) {
                throw new BodyTooLargeException(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
