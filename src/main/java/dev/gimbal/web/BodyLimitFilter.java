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
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies beyond their limit: by the announced length before a byte is read, by counting
/// where no length was announced, and by the clock while they arrive.
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
        } else if (isAnyType(request.getContentType())) {
            problems.write(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "a body is of one type",
                            HttpHeaders.CONTENT_TYPE,
                            request.getContentType()));
        } else {
            chain.doFilter(new Limited(request, limit, deadline()), response);
        }
    }

    private long deadline() {
        return System.nanoTime() + settings.maxBodyTime().toNanos();
    }

    /// A range of types, which the framework takes for a fault of ours.
    private static boolean isAnyType(@Nullable String type) {
        return type != null && type.split(";", 2)[0].contains("*");
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final DataSize limit;
        private final long deadline;

        Limited(HttpServletRequest request, DataSize limit, long deadline) {
            super(request);
            this.limit = limit;
            this.deadline = deadline;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountingStream(super.getInputStream(), limit, deadline);
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
        private final long deadline;
        private long seen;

        CountingStream(ServletInputStream stream, DataSize limit, long deadline) {
            this.stream = stream;
            this.limit = limit;
            this.deadline = deadline;
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
            if (System.nanoTime() > deadline) {
                throw new BodyTooSlowException();
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
