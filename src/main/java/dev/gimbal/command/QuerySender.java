package dev.gimbal.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Sends one and the same query over connections that it keeps, at a tenth of what a general client
/// costs: under an overload this machine must send far more than the service can answer.
/// Thread-safe; HTTP/1.1 without TLS.
final class QuerySender implements IntSupplier, AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BUFFER = 1 << 16;
    private static final int DEFAULT_PORT = 80;
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length:";

    private final InetSocketAddress address;
    private final byte[] request;
    private final Deque<Socket> idle = new ConcurrentLinkedDeque<>();

    /// @param url where the query is posted to
    /// @param key of the API; `null` for none
    QuerySender(URI url, String body, @Nullable String key) {
        if (!"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("an overload is sent by http, not to " + url);
        }
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        address = new InetSocketAddress(url.getHost(), port);
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
                        .formatted(
                                url.getRawPath(),
                                url.getRawAuthority(),
                                body.getBytes(StandardCharsets.UTF_8).length,
                                key == null ? "" : "Authorization: Bearer " + key + "\r\n");
        request = (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /// The status of an answer, whatever it is; 0 where none came.
    @Override
    public int getAsInt() {
        Socket kept = idle.pollFirst();
        if (kept != null) {
            try {
                return exchange(kept);
            } catch (IOException _) {
                // the service closed it while it was idle
            }
        }
        try {
            return exchange(connected());
        } catch (IOException _) {
            return 0;
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address, PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private int exchange(Socket socket) throws IOException {
        boolean keep = false;
        try {
            socket.getOutputStream().write(request);
            String answer = answer(socket.getInputStream());
            keep = !answer.contains("\r\nconnection: close");
            return Integer.parseInt(answer.substring(9, 12));
        } finally {
            if (keep) {
                idle.offerFirst(socket);
            } else {
                socket.close();
            }
        }
    }

    /// The head of an answer in lower case, once its body has come too.
    private static String answer(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 11];
        int length = 0;
        String head = null;
        int total = Integer.MAX_VALUE;
        while (length < total) {
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(BUFFER, 2 * length));
            }
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("the answer broke off");
            }
            length += read;
            if (head == null) {
                String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                int end = text.indexOf(HEAD_END);
                if (end >= 0) {
                    head = text.substring(0, end).toLowerCase(Locale.ROOT);
                    total = total(head);
                }
            }
            if (head != null && total == Integer.MAX_VALUE && endsWithLastChunk(buffer, length)) {
                total = length;
            }
        }
        return String.valueOf(head);
    }

    /// How long the whole answer is; the largest number where its head does not say.
    private static int total(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return Integer.MAX_VALUE;
        }
        int start = at + LENGTH.length();
        int end = head.indexOf('\r', start);
        String digits = head.substring(start, end < 0 ? head.length() : end).strip();
        return head.length() + HEAD_END.length() + Integer.parseInt(digits);
    }

    private static boolean endsWithLastChunk(byte[] buffer, int length) {
        int start = Math.max(0, length - LAST_CHUNK.length());
        return new String(buffer, start, length - start, StandardCharsets.ISO_8859_1)
                .equals(LAST_CHUNK);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket = idle.pollFirst(); socket != null; socket = idle.pollFirst()) {
            socket.close();
        }
    }
}
