package dev.gimbal.web;

import dev.gimbal.store.ApiKeys;
import java.net.InetAddress;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/// Whether callers need a key, or a token: always, unless the service listens on loopback and was
/// not told otherwise. Where they do and there is no key, the operator's first one is taken;
/// without that, and without an issuer of tokens, the service does not start.
@Component
final class KeyRule {
    private final boolean onLoopback;
    private final boolean required;

    KeyRule(ServerProperties server, SecuritySettings settings, ApiKeys keys) {
        InetAddress address = server.getAddress();
        onLoopback = address != null && address.isLoopbackAddress();
        required = settings.requireKeys() || !onLoopback;
        String first = settings.firstKey();
        if (required && first != null && !first.isBlank() && !keys.any()) {
            keys.adopt(first.strip());
        }
        if (required && settings.tokens().isEmpty() && !keys.any()) {
            throw new KeysMissingException(
                    onLoopback
                            ? "gimbal.security.require-keys is set"
                            : "it would listen on "
                                    + (address == null
                                            ? "every address"
                                            : address.getHostAddress()));
        }
    }

    boolean required() {
        return required;
    }

    boolean onLoopback() {
        return onLoopback;
    }
}
