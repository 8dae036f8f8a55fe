package dev.gimbal.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Who may call.
///
/// @param requireKeys whether a key is needed on loopback too, as behind a proxy; on any other
///   address it always is
/// @param requestsPerMinute how many requests a key may make, at once or spread; a query of a batch
///   counts as one
/// @param firstKey a key of the operator's own making, taken with scope admin where one is needed
///   and there is none yet; for containers, from a secret
/// @param oauth2 whose access tokens count beside keys; absent, or without an issuer, for nobody's
@Validated
@ConfigurationProperties("gimbal.security")
public record SecuritySettings(
        @DefaultValue("false") boolean requireKeys,
        @Min(100) @Max(1_000_000_000) @DefaultValue("6000") long requestsPerMinute,
        @Nullable String firstKey,
        @Nullable TokenSettings oauth2) {

    /// Whose access tokens count, if anybody's.
    Optional<TokenSettings> tokens() {
        return Optional.ofNullable(oauth2).filter(settings -> !settings.issuer().isBlank());
    }
}
