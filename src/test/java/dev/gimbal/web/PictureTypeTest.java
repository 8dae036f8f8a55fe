package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PictureTypeTest {
    @Test
    void aWebpIsOneByBothOfItsMarks() {
        assertThat(PictureType.detect(bytes("RIFF\u0010\0\0\0WEBPVP8L"))).isEqualTo("image/webp");
        assertThat(PictureType.isRaster("image/webp")).isTrue();
        assertThat(PictureType.detect(bytes("RIFF\u0010\0\0\0WAVEfmt ")))
                .isEqualTo("application/octet-stream");
    }

    @Test
    void shortBytesAreNothingKnown() {
        assertThat(PictureType.detect(bytes("RIFF"))).isEqualTo("application/octet-stream");
        assertThat(PictureType.detect(new byte[0])).isEqualTo("application/octet-stream");
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
