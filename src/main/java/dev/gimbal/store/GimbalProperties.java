package dev.gimbal.store;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `gimbal`.
///
/// @param home where a service keeps what is its own, above all the embedded database; one service
///   for each. The default lies in the user's home, so that data outlast the working directory
/// @param examples whether a fresh database gets the bundled model and collection
@ConfigurationProperties("gimbal")
public record GimbalProperties(
        @DefaultValue("${user.home}/.gimbal") Path home, @DefaultValue("true") boolean examples) {
    public GimbalProperties {
        home = home.toAbsolutePath().normalize();
    }
}
