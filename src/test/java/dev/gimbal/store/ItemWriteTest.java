package dev.gimbal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

class ItemWriteTest {

    @Test
    void keysAreVersion5Identifiers() {
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertThat(ItemKey.version5(dns, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
        assertThat(ItemKey.of("a", "x")).isNotEqualTo(ItemKey.of("b", "x"));
        assertThat(ItemKey.of("a", "x")).isEqualTo(ItemKey.of("a", "x"));
    }

    @Test
    void theContentHashCoversPayloadsOnly() {
        ItemWrite one = Store.item("x", "text");
        assertThat(one.contentHash()).hasSize(64);
        assertThat(Store.item("y", "text", 1, 2).contentHash()).isEqualTo(one.contentHash());
        assertThat(Store.item("x", "texts").contentHash()).isNotEqualTo(one.contentHash());
        assertThat(
                        new ItemWrite(
                                        "x",
                                        Map.of("b", new Payload.Text("text")),
                                        Store.json("{}"),
                                        List.of())
                                .contentHash())
                .isNotEqualTo(one.contentHash());
    }

    @Test
    void whatTheDatabaseCannotHoldIsRefusedByName() {
        refused(() -> Store.item("", "t"), "item id must have 1 to 1024 characters, has 0");
        refused(() -> Store.item("x".repeat(1025), "t"), "has 1025");
        refused(
                () -> Store.item("\u20ac".repeat(667), "t"),
                "item id must have at most 2000 bytes as UTF-8, has 2001");
        refused(() -> Store.item("a\0b", "t"), "item id holds a NUL at position 1");
        refused(() -> Store.item("a\uD800", "t"), "item id holds an unpaired surrogate");
        refused(() -> Store.item("x", "t\0"), "text payload holds a NUL at position 1");
        refused(() -> Store.item("x", "t", 1, Float.NaN), "not finite at position 1: NaN");
        refused(
                () -> Store.item("x", "t", Float.POSITIVE_INFINITY),
                "embedding of modality 'a' is not finite at position 0: Infinity");
        refused(() -> new Payload.Vector(new float[0]), "vector payload is empty");
        refused(() -> new Payload.Bytes("picture", new byte[1]), "not a media type: 'picture'");
        refused(() -> new Payload.Bytes("image/png", new byte[0]), "payload of image/png is empty");
    }

    @Test
    void attributesThatJsonbCannotHoldAreRefusedByPath() {
        refused(
                () -> attributes(Store.json("{\"a\": [\"\\u0000\"]}")),
                "attributes.a[0] holds a NUL");
        refused(() -> attributes(Store.json("{\"\\u0000\": 1}")), "a key");
        refused(() -> attributes(Store.json("{\"n\": 1e999999999}")), "attributes.n");
        ObjectNode nan = Store.json("{}");
        nan.set("n", DoubleNode.valueOf(Double.NaN));
        refused(() -> attributes(nan), "attributes.n is not a finite number");
    }

    private static ItemWrite attributes(ObjectNode attributes) {
        return new ItemWrite("x", Map.of(), attributes, List.of());
    }

    private static void refused(Runnable maker, String message) {
        assertThatThrownBy(maker::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
