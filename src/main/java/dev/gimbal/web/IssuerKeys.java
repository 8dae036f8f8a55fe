package dev.gimbal.web;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The public keys of an issuer, fetched when somebody asks: at their own address, or at the one
/// that the issuer's document names (OpenID Connect Discovery 1.0, section 4). Nothing is fetched
/// before the first token comes, so an issuer that is down keeps no service from its start.
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    private static final String DOCUMENT = "/.well-known/openid-configuration";
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int MOST_BYTES = 1 << 18;

    private final TokenSettings settings;
    private final ResourceRetriever retriever =
            new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES);
    private volatile @Nullable JWKSetSource<SecurityContext> found;
    private volatile boolean reached;

    IssuerKeys(TokenSettings settings) {
        this.settings = settings;
    }

    /// Whether the last attempt succeeded.
    boolean reached() {
        return reached;
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        reached = false;
        JWKSetSource<SecurityContext> source = found;
        if (source == null) {
            source = new URLBasedJWKSetSource<>(address(), retriever);
        }
        found = null; // after a failure the issuer is asked again where they are
        JWKSet keys = source.getJWKSet(refresh, now, context);
        found = source;
        reached = true;
        return keys;
    }

    private URL address() throws KeySourceException {
        try {
            return settings.jwksUri().isBlank() ? told() : url(settings.jwksUri());
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("the issuer does not tell its keys", e);
        }
    }

    private URL told() throws IOException, ParseException {
        String base = settings.issuer().replaceFirst("/$", "");
        Map<String, Object> document =
                JSONObjectUtils.parse(
                        retriever.retrieveResource(url(base + DOCUMENT)).getContent());
        String issuer = JSONObjectUtils.getString(document, "issuer");
        if (!settings.issuer().equals(issuer)) {
            throw new IOException("another issuer answers: " + issuer);
        }
        String keys = JSONObjectUtils.getString(document, "jwks_uri");
        if (keys == null) {
            throw new IOException("the issuer's document names no keys");
        }
        TokenSettings.requireSafe("jwks-uri", keys);
        return url(keys);
    }

    private static URL url(String address) throws MalformedURLException {
        return URI.create(address).toURL();
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
