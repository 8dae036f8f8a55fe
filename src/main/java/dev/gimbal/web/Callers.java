package dev.gimbal.web;

import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.Outage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells who calls from the header `Authorization`: `Bearer` with a key or a token, or, for
/// browsers, `Basic` with a key as the password under any name.
@Component
final class Callers {
    private static final String KEY_START = "gk_";
    private static final Identity NO_KEY =
            new Identity.Unproven("this is no API key of this service, or a revoked one", false);

    private final ApiKeys keys;
    private final Optional<AccessTokens> tokens;

    Callers(ApiKeys keys, SecuritySettings settings) {
        this.keys = keys;
        this.tokens = settings.tokens().map(AccessTokens::new);
    }

    Identity identify(String header) {
        String[] words = header.strip().split(" +", 2);
        if (words.length != 2) {
            return NO_KEY;
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> bearer(words[1]);
            case "basic" -> password(words[1]).map(this::key).orElse(NO_KEY);
            default -> NO_KEY;
        };
    }

    private Identity bearer(String text) {
        return tokens.isEmpty() || text.startsWith(KEY_START)
                ? key(text)
                : tokens.get().identify(text);
    }

    private Identity key(String text) {
        try {
            return keys.authenticate(text)
                    .<Identity>map(key -> new Identity.Known(Caller.of(key)))
                    .orElse(NO_KEY);
        } catch (RuntimeException e) {
            if (!Outage.is(e)) {
                throw e;
            }
            return new Identity.Untold(Problems.DATABASE_OUT);
        }
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
