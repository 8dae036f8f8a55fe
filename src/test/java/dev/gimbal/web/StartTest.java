package dev.gimbal.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gimbal.store.Collections;
import dev.gimbal.store.Database;
import dev.gimbal.store.Engine;
import dev.gimbal.store.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
    private static final Service SERVICE = Service.shared();

    @Test
    void aModelThatDoesNotLoadKeepsNobodyFromTheOthers() {
        String name = "of-a-broken-model";
        String manifest = TinyModels.vectors(6).manifestJson();
        SERVICE.bean(Models.class).put("broken", "broken", "cos-sim-lvm", manifest, new byte[] {1});
        SERVICE.bean(Collections.class).create(name, List.of("x2"), "broken", Engine.EXACT);
        try (Service next = Service.beside()) {
            assertThat(next.get("/livez").status()).isEqualTo(200);
            assertThat(next.get("/v1/collections/" + name).status()).isEqualTo(200);
        } finally {
            SERVICE.delete("/v1/collections/" + name);
            SERVICE.bean(Database.class)
                    .jdbc()
                    .sql("DELETE FROM model WHERE fingerprint = 'broken'")
                    .update();
        }
    }
}
