package dev.gimbal.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.gimbal.store.ApiKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access tokens of the issuer that the operator trusts: JSON Web Tokens (RFC 9068) whose
/// signature, algorithm, issuer, audience and times are checked. Keys are kept for 5 minutes, or,
/// while the issuer does not answer, for an hour; a key that is not among them is looked for at
/// once, twice in [#PAUSE] at most. Thread-safe.
final class AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final String EVERYTHING = "*";
    private static final int LONGEST_SUBJECT = 100;

    private final TokenSettings settings;
    private final IssuerKeys keys;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    AccessTokens(TokenSettings settings) {
        this.settings = settings;
        this.keys = new IssuerKeys(settings);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(
                        settings.signatures(),
                        JWKSourceBuilder.create(keys)
                                .cache(KEPT.toMillis(), PATIENCE.toMillis())
                                .refreshAheadCache(false)
                                .rateLimited(PAUSE.toMillis())
                                .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                                .build()));
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("sub", "exp"));
        claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /// Whose token it is. A refusal says nothing of why: whoever holds a good one knows.
    Identity identify(String token) {
        try {
            return caller(processor.process(token, null));
        } catch (KeySourceException e) {
            if (keys.reached()) {
                return unproven(e); // asked too often for keys that are not there
            }
            LOG.warn("the keys of {} are out of reach: {}", settings.issuer(), e.getMessage());
            return new Identity.Untold("the issuer of tokens does not answer for now");
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return unproven(e);
        }
    }

    private static Identity unproven(Exception reason) {
        LOG.debug("a token was refused", reason);
        return new Identity.Unproven(
                "this is no token that counts here: it is malformed, expired, or not for this service",
                true);
    }

    private Identity caller(JWTClaimsSet claims) {
        ApiKey.Scope scope = scope(words(claims.getClaims(), settings.scopeClaim()));
        if (scope == null) {
            return new Identity.Powerless(
                    "this token has no scope of this service", settings.readScope());
        }
        List<String> collections = List.of();
        if (!settings.collectionsClaim().isBlank()) {
            collections = words(claims.getClaims(), settings.collectionsClaim());
            if (collections.isEmpty()) {
                return new Identity.Powerless(
                        "this token names no collection", settings.readScope());
            }
        }
        return new Identity.Known(
                new Caller(
                        "token of " + printable(claims.getSubject()),
                        scope,
                        collections.contains(EVERYTHING) ? List.of() : collections));
    }

    private ApiKey.@Nullable Scope scope(List<String> granted) {
        if (granted.contains(settings.adminScope())) {
            return ApiKey.Scope.ADMIN;
        }
        if (granted.contains(settings.writeScope())) {
            return ApiKey.Scope.WRITE;
        }
        return granted.contains(settings.readScope()) ? ApiKey.Scope.READ : null;
    }

    /// The words of a claim, which is a list or a text; none where it is absent.
    private static List<String> words(@Nullable Object claims, String path) {
        if (!(claims instanceof Map<?, ?> object)) {
            return List.of();
        }
        return switch (object.get(path)) {
            case String text -> text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> {
                int dot = path.indexOf('.');
                yield dot < 0
                        ? List.of()
                        : words(object.get(path.substring(0, dot)), path.substring(dot + 1));
            }
        };
    }

    /// A subject's name is its own choice at some issuers; the log takes it only as one line.
    private static String printable(String subject) {
        String line = subject.replaceAll("[^\\p{Graph} ]", "?");
        return line.substring(0, Math.min(LONGEST_SUBJECT, line.length()));
    }
}
