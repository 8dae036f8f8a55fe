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
        @DefaultValue(GimbalProperties.IN_USER_HOME) Path home,
        @DefaultValue("true") boolean examples) {
    private static final String USER_HOME = "~";
    static final String IN_USER_HOME = USER_HOME + "/.gimbal";

    public GimbalProperties {
        if (home.startsWith(USER_HOME)) {
            home =
                    Path.of(System.getProperty("user.home"))
                            .resolve(Path.of(USER_HOME).relativize(home));
        }
        home = home.toAbsolutePath().normalize();
    }
}
