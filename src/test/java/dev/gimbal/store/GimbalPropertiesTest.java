package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GimbalPropertiesTest {

    @Test
    void unsetHomeLiesInTheUsersHome() {
        assertThat(bind(Map.of()).home())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".gimbal"));
    }

    @Test
    void aTildeIsTheUsersHome() {
        assertThat(bind(Map.of("gimbal.home", "~/data")).home())
                .isEqualTo(Path.of(System.getProperty("user.home"), "data"));
    }

    @Test
    void anyOtherHomeIsTakenAsItIs() {
        assertThat(bind(Map.of("gimbal.home", "/srv/gimbal")).home())
                .isEqualTo(Path.of("/srv/gimbal"));
    }

    private static GimbalProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gimbal", GimbalProperties.class);
    }
}
