package dev.gimbal.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in words why a service without keys does not start, and what to do.
final class KeysMissingAnalyzer extends AbstractFailureAnalyzer<KeysMissingException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, KeysMissingException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Make a key with `gimbal key create --name NAME --scope admin` (with the same"
                        + " --gimbal.home, or SPRING_DATASOURCE_URL), then start again; or give the first"
                        + " one in GIMBAL_SECURITY_FIRST_KEY (docs/security.md); or name"
                        + " an issuer of tokens (gimbal.security.oauth2.issuer); or listen on"
                        + " loopback, as by default.",
                cause);
    }
}
