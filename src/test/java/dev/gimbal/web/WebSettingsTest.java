package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class WebSettingsTest {
    private static final DataSize BODY = DataSize.ofMegabytes(1);
    private static final DataSize BULK = DataSize.ofMegabytes(9);
    private static final WebSettings SETTINGS =
            new WebSettings(BODY, BULK, Duration.ofMinutes(1), 0, List.of());

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/collections/dishes/items"})
    void modelsAndBulkUploadsMayBeLarge(String path) {
        assertThat(SETTINGS.limit("POST", path)).isEqualTo(BULK);
    }

    @Test
    void allElseIsSmall() {
        assertThat(SETTINGS.limit("POST", "/v1/collections/dishes/query")).isEqualTo(BODY);
        assertThat(SETTINGS.limit("PATCH", "/v1/models/m")).isEqualTo(BODY);
        assertThat(SETTINGS.limit("PUT", "/v1/collections/models")).isEqualTo(BODY);
    }
}
