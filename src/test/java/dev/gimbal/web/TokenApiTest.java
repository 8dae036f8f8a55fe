package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.gimbal.store.ApiKey.Scope;
import dev.gimbal.store.ApiKeys;
import dev.gimbal.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/// A service that takes the tokens of an issuer, and what is tried against it.
@ExtendWith(OutputCaptureExtension.class)
class TokenApiTest {
    private static final String QUERY = "{\"query\":[{\"itemId\":\"oval/1\"}],\"k\":1}";
    private static final String OWN = "/v1/collections/tokens";
    private static final String OTHER = "/v1/collections/tokens-other";

    private static Issuer issuer;
    private static Service service;

    @BeforeAll
    static void start() {
        Service.shared().ovals("tokens", 3);
        Service.shared().ovals("tokens-other", 3);
        issuer = new Issuer();
        service = Service.beside(issuer.settings("gimbal.security.oauth2.collections-claim=reach"));
    }

    @AfterAll
    static void stop() {
        service.close();
        issuer.close();
    }

    @Test
    void aTokenLetsItsBearerDoWhatItsScopesSay() {
        String reader = token("openid gimbal.read");
        String writer = token("gimbal.write");
        String admin = token("gimbal.read gimbal.admin");
        String line = Service.ovalLine(7).replace("oval/7", "extra");
        assertThat(service.postAs(reader, OWN + "/query", QUERY).status()).isEqualTo(200);
        Service.Reply refused = service.putAs(reader, OWN + "/items?id=extra", line);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("field").stringValue()).isEqualTo("scope");
        assertThat(service.putAs(writer, OWN + "/items?id=extra", line).status()).isEqualTo(200);
        assertThat(service.asked(writer, "/v1/keys").status()).isEqualTo(403);
        assertThat(service.asked(admin, "/v1/keys").status()).isEqualTo(200);
    }

    @Test
    void aSignatureOfAnEllipticCurveCountsToo() {
        assertThat(ask(issuer.ec(issuer.claims("gimbal.read", all()))).status()).isEqualTo(200);
    }

    @Test
    void aTokenReachesTheCollectionsThatItNames() {
        String bound =
                issuer.token("gimbal.read", claims -> claims.claim("reach", List.of("tokens")));
        assertThat(service.asked(bound, OWN).status()).isEqualTo(200);
        assertThat(service.asked(bound, OTHER).status()).isEqualTo(403);
        assertThat(service.asked(bound, "/v1/collections").json()).hasSize(1);
        assertThat(service.asked(bound, "/v1/operations").status()).isEqualTo(403);
        assertThat(service.asked(token("gimbal.read"), OTHER).status()).isEqualTo(200);
    }

    @Test
    void aTokenThatNamesNoCollectionReachesNone() {
        assertThat(ask(issuer.token("gimbal.admin")).status()).isEqualTo(403);
        assertThat(ask(issuer.token("gimbal.admin", c -> c.claim("reach", " "))).status())
                .isEqualTo(403);
    }

    @Test
    void aTokenWithoutAScopeOfOursIsToldWhichItNeeds() {
        Service.Reply reply = ask(token("openid gimbal.reader"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("WWW-Authenticate"))
                .isEqualTo(
                        "Bearer realm=\"gimbal\", error=\"insufficient_scope\", scope=\"gimbal.read\"");
    }

    @Test
    void anUnsignedTokenIsRefused() {
        assertRefused(new PlainJWT(good()).serialize());
        String[] parts = token("gimbal.admin").split("\\.", -1);
        assertRefused(base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1] + ".");
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws JOSEException {
        RSAKey key = issuer.rsa();
        for (byte[] secret :
                List.of(
                        key.toRSAPublicKey().getEncoded(),
                        pem(key.toRSAPublicKey().getEncoded()),
                        key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT forged =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                            good());
            forged.sign(new MACSigner(secret));
            assertRefused(forged.serialize());
        }
    }

    @Test
    void anAlgorithmThatIsNotOursIsRefused() {
        assertRefused(Issuer.rsa(good(), issuer.rsa(), JWSAlgorithm.PS512));
        String[] parts = token("gimbal.admin").split("\\.", -1);
        for (String algorithm : List.of("XX256", "RS256\\n", "")) {
            assertRefused(
                    base64("{\"alg\":\"" + algorithm + "\"}") + "." + parts[1] + "." + parts[2]);
        }
    }

    @Test
    void aTokenSignedWithAnotherKeyIsRefused() throws JOSEException {
        RSAKey stranger = Issuer.newRsa();
        assertRefused(Issuer.rsa(good(), stranger));
        RSAKey sameName = new RSAKey.Builder(stranger).keyID(issuer.rsa().getKeyID()).build();
        assertRefused(Issuer.rsa(good(), sameName));
        SignedJWT bringsItsOwn =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(issuer.rsa().getKeyID())
                                .jwk(stranger.toPublicJWK())
                                .build(),
                        good());
        bringsItsOwn.sign(new RSASSASigner(stranger));
        assertRefused(bringsItsOwn.serialize());
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String[] parts = token("gimbal.read").split("\\.", -1);
        String admin = token("gimbal.admin").split("\\.", -1)[1];
        assertRefused(parts[0] + "." + admin + "." + parts[2]);
    }

    @Test
    void anExpiredTokenIsRefused() {
        assertRefused(issuer.token("gimbal.admin", all(c -> c.expirationTime(in(-60)))));
        assertRefused(issuer.token("gimbal.admin", all(c -> c.expirationTime(null))));
        assertThat(ask(issuer.token("gimbal.read", all(c -> c.expirationTime(in(-5))))).status())
                .as("within the clocks' difference")
                .isEqualTo(200);
    }

    @Test
    void aTokenThatIsNotYetValidIsRefused() {
        assertRefused(issuer.token("gimbal.admin", all(c -> c.notBeforeTime(in(120)))));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertRefused(issuer.token("gimbal.admin", all(c -> c.audience("another"))));
        assertRefused(issuer.token("gimbal.admin", all(c -> c.audience(List.of()))));
        assertThat(
                        ask(issuer.token(
                                        "gimbal.read",
                                        all(c -> c.audience(List.of("another", Issuer.AUDIENCE)))))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        assertRefused(issuer.token("gimbal.admin", all(c -> c.issuer("https://evil.example"))));
        assertRefused(issuer.token("gimbal.admin", all(c -> c.issuer(issuer.url() + "/"))));
        assertRefused(issuer.token("gimbal.admin", all(c -> c.issuer(null))));
    }

    @Test
    void aTokenOfNobodyIsRefused() {
        assertRefused(issuer.token("gimbal.admin", all(c -> c.subject(null))));
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String text :
                List.of("a.b.c", "....", "' OR TRUE --", "a".repeat(6000), "gk_", "e30")) {
            assertThat(ask(text).status()).as(text).isEqualTo(401);
        }
    }

    @Test
    void apiKeysCountBesideTokens() {
        String key = service.bean(ApiKeys.class).create("beside", Scope.READ, List.of()).text();
        assertThat(ask(key).status()).isEqualTo(200);
        assertThat(service.get(OWN).status()).isEqualTo(401);
        assertThat(service.get(OWN).header("WWW-Authenticate")).contains("Basic", "Bearer");
    }

    @Test
    void aKeyThatTheIssuerTookUpIsFoundAndOneItGaveUpIsGone() {
        try (Issuer rotating = new Issuer();
                Service own = Service.beside(rotating.settings())) {
            long start = System.nanoTime();
            String before = rotating.token("gimbal.read");
            assertThat(own.asked(before, OWN).status()).isEqualTo(200);
            rotating.rotate();
            assertThat(own.asked(rotating.token("gimbal.read"), OWN).status()).isEqualTo(200);
            assertThat(own.asked(before, OWN).status()).isEqualTo(401);
            RSAKey stranger = Issuer.newRsa();
            for (int i = 0; i < 50; i++) {
                RSAKey unknown = new RSAKey.Builder(stranger).keyID("unknown " + i).build();
                String token = Issuer.rsa(rotating.claims("gimbal.read", c -> c), unknown);
                assertThat(own.asked(token, OWN).status()).isEqualTo(401);
            }
            long pauses = Duration.ofNanos(System.nanoTime() - start).toSeconds() / 5 + 1;
            assertThat((long) rotating.fetched())
                    .as("strangers make it ask twice in 5 seconds at most")
                    .isLessThanOrEqualTo(2 * pauses);
            rotating.close();
            assertThat(own.asked(rotating.token("gimbal.read"), OWN).status())
                    .as("keys are kept while the issuer is down")
                    .isEqualTo(200);
        }
    }

    @Test
    void anIssuerThatIsDownKeepsNoServiceFromItsStart() throws InterruptedException {
        try (Issuer late = new Issuer()) {
            String token = late.token("gimbal.read");
            late.pretend("https://evil.example");
            try (Service own = Service.beside(late.settings())) {
                Service.Reply reply = own.asked(token, OWN);
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isEqualTo("1");
                assertThat(reply.json().get("detail").stringValue()).contains("issuer");
                String key = own.bean(ApiKeys.class).create("b", Scope.READ, List.of()).text();
                assertThat(own.asked(key, OWN).status()).isEqualTo(200);
                late.pretend(late.url());
                Instant end = Instant.now().plus(Duration.ofSeconds(20));
                while (own.asked(token, OWN).status() != 200 && Instant.now().isBefore(end)) {
                    Thread.sleep(200);
                }
                assertThat(own.asked(token, OWN).status()).isEqualTo(200);
                late.close();
            }
        }
        try (Issuer gone = new Issuer()) {
            gone.close();
            try (Service own =
                    Service.beside(
                            gone.settings(
                                    "gimbal.security.oauth2.jwks-uri=" + gone.url() + "/keys"))) {
                assertThat(own.asked(gone.token("gimbal.read"), OWN).status()).isEqualTo(503);
                assertThat(own.get("/livez").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void scopesMayLieInAListOrDeeperAndHaveOtherNames() {
        try (Issuer roles = new Issuer();
                Service own =
                        Service.beside(
                                roles.settings(
                                        "gimbal.security.oauth2.scope-claim=realm_access.roles",
                                        "gimbal.security.oauth2.read-scope=searcher"))) {
            String token =
                    roles.token(
                            "gimbal.admin",
                            c -> c.claim("realm_access", Map.of("roles", List.of("searcher"))));
            assertThat(own.asked(token, OWN).status()).isEqualTo(200);
            assertThat(own.asked(token, "/v1/keys").status()).isEqualTo(403);
        }
    }

    @Test
    void actsOfAdminsNameTheirSubjectInOneLine(CapturedOutput output) {
        String token =
                issuer.token(
                        "gimbal.admin", all(c -> c.subject("eve\nFORGED INFO dev.gimbal.audit")));
        assertThat(service.asked(token, "/v1/keys").status()).isEqualTo(200);
        assertThat(output.getAll())
                .contains("GET /v1/keys by token of eve?FORGED INFO dev.gimbal.audit");
        assertThat(output.getAll()).doesNotContain(token);
    }

    @Test
    void aServiceForOthersStartsWithAnIssuerAndNoKey() {
        ApiKeys none = new ApiKeys(Store.shared().database);
        none.list().forEach(key -> none.revoke(key.id()));
        TokenSettings tokens = settings(issuer.url(), Issuer.AUDIENCE, Set.of("RS256"));
        assertThat(
                        new KeyRule(
                                        new ServerProperties(),
                                        new SecuritySettings(false, 100, null, tokens),
                                        none)
                                .required())
                .isTrue();
        TokenSettings blank = settings("", "", Set.of("RS256"));
        assertThatThrownBy(() ->
                        new KeyRule(
                                new ServerProperties(),
                                new SecuritySettings(false, 100, null, blank),
                                none))
                .isInstanceOf(KeysMissingException.class);
    }

    @Test
    void settingsThatWouldLetStrangersInAreRefused() {
        Set<String> rs256 = Set.of("RS256");
        assertThatThrownBy(() -> settings("https://login.example", "", rs256))
                .hasMessageContaining("oauth2.audience");
        assertThatThrownBy(() -> settings("http://login.example", "a", rs256))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> settings("login.example", "a", rs256))
                .hasMessageContaining("https");
        for (String algorithm : List.of("none", "HS256", "dir", "rs256")) {
            assertThatThrownBy(() -> settings("https://login.example", "a", Set.of(algorithm)))
                    .as(algorithm)
                    .hasMessageContaining("oauth2.algorithms");
        }
    }

    private static TokenSettings settings(String issuer, String audience, Set<String> algorithms) {
        return new TokenSettings(
                issuer, "", audience, algorithms, "scope", "r", "w", "a", "", Duration.ZERO);
    }

    private static UnaryOperator<JWTClaimsSet.Builder> all() {
        return claims -> claims.claim("reach", "*");
    }

    private static UnaryOperator<JWTClaimsSet.Builder> all(
            UnaryOperator<JWTClaimsSet.Builder> change) {
        return claims -> change.apply(claims.claim("reach", "*"));
    }

    private static String token(String scope) {
        return issuer.token(scope, all());
    }

    private static JWTClaimsSet good() {
        return issuer.claims("gimbal.admin", all());
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static byte[] pem(byte[] key) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String token) {
        Service.Reply reply = ask(token);
        assertThat(reply.status()).as(token).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"gimbal\", error=\"invalid_token\"");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.response().body()).asString().doesNotContain(token, "Signed JWT");
    }

    private static Service.Reply ask(String token) {
        return service.asked(token, OWN);
    }
}
