package dev.gimbal.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The media type of a picture by its first bytes, whatever it was called.
final class PictureType {
    private static final Map<String, String> SIGNATURES =
            Map.of(
                    "\u0089PNG\r\n\u001a\n", "image/png",
                    "\u00ff\u00d8\u00ff", "image/jpeg",
                    "GIF87a", "image/gif",
                    "GIF89a", "image/gif",
                    "BM", "image/bmp");

    private static final String WEBP = "image/webp";
    private static final Set<String> RASTER =
            Stream.concat(SIGNATURES.values().stream(), Stream.of(WEBP))
                    .collect(Collectors.toUnmodifiableSet());
    private static final int LONGEST = 12;

    private PictureType() {}

    static String detect(byte[] bytes) {
        String start =
                new String(bytes, 0, Math.min(LONGEST, bytes.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return WEBP;
        }
        return SIGNATURES.entrySet().stream()
                .filter(signature -> start.startsWith(signature.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("application/octet-stream");
    }

    /// Whether a browser may show it in place: pixels only, nothing that could run.
    static boolean isRaster(String mediaType) {
        return RASTER.contains(mediaType);
    }
}
