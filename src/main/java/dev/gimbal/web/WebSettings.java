package dev.gimbal.web;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What the HTTP API accepts.
///
/// @param maxBody largest body of a request; 16 MB hold a photograph and its JSON
/// @param maxBulkBody largest body of a bulk upload, of which larger sets travel in several, and of
///   a model, whose weights travel whole
/// @param maxBodyTime how long a body may take to arrive: a caller who sends it drop by drop is
///   answered 408 and gone; 5 minutes carry the largest one at 0.5 MB a second
/// @param maxConcurrent requests with a body that are worked on at once; one more is refused at
///   once with 429, so that those that were taken stay quick; 0 for 2 for each processor, 4 at
///   least: enough to keep it at work, and each more only lengthens everybody's wait
/// @param allowedHosts names by which the service may be called beside the loopback ones; only
///   looked at while it listens on loopback, where it has no keys
@Validated
@ConfigurationProperties("gimbal.web")
public record WebSettings(
        @NotNull @DefaultValue("16MB") DataSize maxBody,
        @NotNull @DefaultValue(USUAL_BULK_BODY) DataSize maxBulkBody,
        @NotNull @DefaultValue("5m") Duration maxBodyTime,
        @Min(0) @DefaultValue("0") int maxConcurrent,
        @NotNull @DefaultValue List<String> allowedHosts) {

    /// What of a model or an upload a service takes that was told nothing else.
    public static final String USUAL_BULK_BODY = "128MB";

    private static final int PER_PROCESSOR = 2;
    private static final int LEAST = 4;

    /// How many requests are worked on at once.
    int places() {
        return maxConcurrent > 0
                ? maxConcurrent
                : Math.max(LEAST, PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    }

    /// The limit of a request.
    DataSize limit(String method, String path) {
        boolean bulk =
                method.equals("POST") && path.matches("/v1/(models|collections/[^/]+/items)");
        return bulk ? maxBulkBody : maxBody;
    }
}
