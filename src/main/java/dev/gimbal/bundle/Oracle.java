package dev.gimbal.bundle;

import ai.djl.ndarray.NDManager;
import dev.gimbal.network.Network;
import dev.gimbal.network.Parameters;
import dev.gimbal.network.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/// Classifiers of a data set's modalities, by which generated values are judged: `oracle.json` and
/// `oracle.safetensors` in a folder. No part of a model, and never seen by one in training.
///
/// Holds native memory until it is closed; reading from several threads is safe.
public final class Oracle implements AutoCloseable {
    private static final String CARD = "oracle.json";
    private static final String WEIGHTS = "oracle.safetensors";

    private final OracleCard card;
    private final byte[] weights;
    private final NDManager manager;
    private final Parameters parameters;

    /// An oracle in memory of its own.
    ///
    /// @param weights safetensors; shared, not to be written to
    /// @throws BundleException when the weights are damaged
    public Oracle(OracleCard card, byte[] weights) {
        if (!ModelBundle.sha256(weights).equals(card.weightsSha256())) {
            throw new BundleException("the oracle's weights are damaged: their SHA-256 differs");
        }
        this.card = card;
        this.weights = weights;
        manager = NDManager.newBaseManager();
        try {
            parameters = Safetensors.decode(manager, weights);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /// Reads a folder.
    ///
    /// @throws BundleException when it holds no intact oracle
    public static Oracle read(Path folder) {
        Path card = folder.resolve(CARD);
        Path weights = folder.resolve(WEIGHTS);
        if (!Files.isRegularFile(card) || !Files.isRegularFile(weights)) {
            throw new BundleException(
                    "'%s' is no oracle: it needs %s and %s".formatted(folder, CARD, WEIGHTS));
        }
        try {
            return new Oracle(
                    Json.MAPPER.readValue(Files.readString(card), OracleCard.class),
                    Files.readAllBytes(weights));
        } catch (JacksonException e) {
            throw new BundleException("'" + card + "' is not valid: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BundleException("'" + folder + "' can't be read: " + e.getMessage(), e);
        }
    }

    /// Writes both files, the card last, so that a folder with a card is whole.
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(WEIGHTS), weights);
        Files.writeString(folder.resolve(CARD), Json.MAPPER.writeValueAsString(card) + "\n");
    }

    /// What it says of itself.
    public OracleCard card() {
        return card;
    }

    /// The class of each value, a position in [OracleCard#classes()].
    ///
    /// @param values `[value][size]` of that modality
    /// @throws IllegalArgumentException for a modality that it does not know
    public int[] classify(String modality, float[][] values) {
        Network classifier = card.classifier(modality);
        return Rows.greatest(
                Rows.map(
                        manager, values, x -> classifier.forward(parameters, prefix(modality), x)));
    }

    /// What the arrays of a modality's classifier are named after.
    public static String prefix(String modality) {
        return "classifier." + modality;
    }

    @Override
    public void close() {
        parameters.close();
        manager.close();
    }
}
