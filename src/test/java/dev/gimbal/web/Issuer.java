package dev.gimbal.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// An issuer of tokens with keys of its own, which serves its document and its public keys over
/// HTTP on this machine, as one elsewhere would.
final class Issuer implements AutoCloseable {
    static final String AUDIENCE = "gimbal-test";

    private final AtomicInteger fetched = new AtomicInteger();
    private final HttpServer server;
    private RSAKey rsa = newRsa();
    private final ECKey ec = newEc();
    private volatile String told;

    Issuer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        told = url();
        serve("/.well-known/openid-configuration", this::document);
        serve(
                "/keys",
                () -> {
                    fetched.incrementAndGet();
                    return new JWKSet(List.<JWK>of(rsa, ec)).toPublicJWKSet().toString();
                });
        server.start();
    }

    private void serve(String path, Supplier<String> body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private String document() {
        return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(told, url());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// How often its keys were fetched.
    int fetched() {
        return fetched.get();
    }

    /// From now on it calls itself otherwise.
    void pretend(String other) {
        told = other;
    }

    RSAKey rsa() {
        return rsa;
    }

    /// From now on it signs with another key, and knows the one before no more.
    void rotate() {
        rsa = newRsa();
    }

    /// A token that counts, with these scopes.
    String token(String scope) {
        return token(scope, claims -> claims);
    }

    String token(String scope, UnaryOperator<JWTClaimsSet.Builder> change) {
        return rsa(claims(scope, change), rsa);
    }

    JWTClaimsSet claims(String scope, UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(
                        new JWTClaimsSet.Builder()
                                .issuer(url())
                                .audience(AUDIENCE)
                                .subject("somebody")
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                                .claim("scope", scope))
                .build();
    }

    static String rsa(JWTClaimsSet claims, RSAKey key) {
        return rsa(claims, key, JWSAlgorithm.RS256);
    }

    static String rsa(JWTClaimsSet claims, RSAKey key, JWSAlgorithm algorithm) {
        try {
            SignedJWT token = new SignedJWT(header(algorithm, key), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String ec(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header(JWSAlgorithm.ES256, ec), claims);
            token.sign(new ECDSASigner(ec));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey newRsa() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey newEc() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSHeader header(JWSAlgorithm algorithm, JWK key) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build();
    }

    /// What a service is told of it.
    String[] settings(String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "gimbal.security.require-keys=true",
                                "gimbal.security.oauth2.issuer=" + url(),
                                "gimbal.security.oauth2.audience=" + AUDIENCE));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
