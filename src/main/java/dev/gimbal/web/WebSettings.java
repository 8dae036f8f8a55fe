package dev.gimbal.web;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What the HTTP API accepts.
///
/// @param maxBody largest body of a request; 16 MB hold a photograph and its JSON
/// @param maxBulkBody largest body of a bulk upload; larger sets travel in several
/// @param allowedHosts names by which the service may be called beside the loopback ones; only
///   looked at while it listens on loopback, where it has no keys
@Validated
@ConfigurationProperties("gimbal.web")
public record WebSettings(
        @NotNull @DefaultValue("16MB") DataSize maxBody,
        @NotNull @DefaultValue("128MB") DataSize maxBulkBody,
        @NotNull @DefaultValue List<String> allowedHosts) {

    /// The limit of a request.
    DataSize limit(String method, String path) {
        boolean bulk = method.equals("POST") && path.matches("/v1/collections/[^/]+/items");
        return bulk ? maxBulkBody : maxBody;
    }
}
