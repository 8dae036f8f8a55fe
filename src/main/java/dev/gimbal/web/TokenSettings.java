package dev.gimbal.web;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whose access tokens count beside API keys, and what they allow.
///
/// @param issuer as the tokens' claim `iss` has it; empty for no tokens
/// @param jwksUri where its public keys are; empty to ask for
///   `<issuer>/.well-known/openid-configuration`
/// @param audience this service, as the tokens' claim `aud` names it
/// @param algorithms of signatures that count, none of which can be made with a public key
/// @param scopeClaim claim that holds the scopes, a list or words; a dot leads into an object, as
///   `realm_access.roles`
/// @param readScope the issuer's name for the scope read; write and admin alike
/// @param collectionsClaim claim that names the collections within reach, `*` for all; empty where
///   no token is bound
/// @param clockSkew by which the issuer's clock may be off
public record TokenSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String jwksUri,
        @DefaultValue("") String audience,
        @DefaultValue({"RS256", "ES256"}) Set<String> algorithms,
        @DefaultValue("scope") String scopeClaim,
        @DefaultValue("gimbal.read") String readScope,
        @DefaultValue("gimbal.write") String writeScope,
        @DefaultValue("gimbal.admin") String adminScope,
        @DefaultValue("") String collectionsClaim,
        @DefaultValue("30s") Duration clockSkew) {

    public TokenSettings {
        algorithms = Set.copyOf(algorithms);
        if (!issuer.isBlank()) {
            requireSafe("issuer", issuer);
            if (!jwksUri.isBlank()) {
                requireSafe("jwks-uri", jwksUri);
            }
            require(!audience.isBlank(), "audience", "must be given beside the issuer");
            require(
                    !algorithms.isEmpty()
                            && algorithms.stream()
                                    .map(JWSAlgorithm::parse)
                                    .allMatch(JWSAlgorithm.Family.SIGNATURE::contains),
                    "algorithms",
                    "must be of public keys, such as RS256 or ES256");
            require(!clockSkew.isNegative(), "clock-skew", "must not be negative");
        }
    }

    /// The algorithms as the library has them.
    Set<JWSAlgorithm> signatures() {
        return algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    }

    /// Whoever can change the keys on their way can make tokens.
    static void requireSafe(String name, String address) {
        URI uri = URI.create(address);
        boolean http = "http".equals(uri.getScheme()) && isLoopback(uri.getHost());
        require(
                uri.getHost() != null && ("https".equals(uri.getScheme()) || http),
                name,
                "must be an address such as https://login.example; http only on this machine");
    }

    private static boolean isLoopback(@Nullable String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static void require(boolean met, String name, String rule) {
        if (!met) {
            throw new IllegalArgumentException("gimbal.security.oauth2." + name + " " + rule);
        }
    }
}
