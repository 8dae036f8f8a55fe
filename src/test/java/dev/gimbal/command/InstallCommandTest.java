package dev.gimbal.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstallCommandTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void aBundleThatNeedsASettingIsToldWhich() {
        assertThat(InstallCommand.advice(128 * MEGABYTE)).isEmpty();
        assertThat(InstallCommand.advice(128 * MEGABYTE + 1).orElseThrow())
                .contains("--gimbal.web.max-bulk-body=129MB");
        assertThat(InstallCommand.advice(800 * MEGABYTE).orElseThrow())
                .contains("--gimbal.web.max-bulk-body=801MB");
    }
}
