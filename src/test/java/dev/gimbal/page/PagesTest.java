package dev.gimbal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.gimbal.dataset.Example;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.Split;
import dev.gimbal.dataset.Sprites;
import dev.gimbal.dataset.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Measuring and managing in the browser, against the service with its bundled collection.
class PagesTest {
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private static final Sprites SPRITES = new Sprites(1);
    private static final Path BUNDLE = Path.of("src/main/resources/bundled/sprites-rivae");

    @TempDir Path folder;

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static byte[] oval(int i) {
        Example pair = SPRITES.example(Split.TEST, i);
        return ImageWriter.png(
                ((Value.Numbers) pair.values().get("oval")).values(), SPRITES.modality("oval"));
    }

    private static Page made(String name) {
        Page page = CHROMIUM.open("#/collections");
        button(page, "New collection").click();
        page.getByLabel("Name").fill(name);
        page.getByLabel("Searched by model")
                .selectOption(
                        page.getByLabel("Searched by model")
                                .locator(
                                        "option",
                                        new Locator.LocatorOptions().setHasText("sprites-rivae"))
                                .first()
                                .getAttribute("value"));
        button(page, "Make it").click();
        assertThat(page).hasURL(Pattern.compile("#/collections/" + name));
        return page;
    }

    private static Locator files(Page page) {
        return page.locator(".drop input[type=file]").first();
    }

    @Test
    void theReferenceShowsAnOperationWithItsFieldsAndExample() {
        Page page = CHROMIUM.open("#/reference");
        Locator query =
                page.locator("details", new Page.LocatorOptions().setHasText("Finds the items"));
        query.locator("summary").click();
        assertThat(query).containsText("QueryRequest");
        assertThat(query).containsText("All places are taken");
        assertThat(query.locator("pre")).containsText("chocolate cake with cherries");
        page.locator("#schema-QueryRequest summary").click();
        assertThat(page.locator("#schema-QueryRequest")).containsText("candidates");
    }

    @Test
    void aFolderOfPicturesBecomesACollectionThatIsSearchedAndDeleted() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures/more"));
        for (int i = 0; i < 5; i++) {
            Files.write(pictures.resolve("oval-" + i + ".png"), oval(i));
        }
        Files.writeString(pictures.resolve("notes.doc"), "no picture");
        Page page = made("dropped");
        page.locator(".drop input[type=file]").last().setInputFiles(folder.resolve("pictures"));
        assertThat(page.locator(".drop ~ .stack")).containsText("5 items written");
        assertThat(page.locator(".drop ~ .stack")).containsText("1 file of other kinds left out");
        assertThat(page.locator(".items-grid img")).hasCount(5);
        page.getByText("Search it").click();
        assertThat(page.locator(".card")).hasCount(5);
        assertThat(page.locator(".card-name").first())
                .containsText(Pattern.compile("pictures/more/oval-\\d"));
        page.goBack();
        button(page, "Delete").click();
        button(page, "Delete it").click();
        assertThat(page).hasURL(Pattern.compile("#/collections$"));
        assertThat(page.locator("tbody")).not().containsText("dropped");
    }

    @Test
    void linesAreUploadedAndABadOneIsNamed() throws IOException {
        Path lines = folder.resolve("items.ndjson");
        String picture = Base64.getEncoder().encodeToString(oval(0));
        Files.writeString(
                lines,
                "{\"id\":\"one\",\"values\":{\"oval\":{\"image\":\"%s\"}}}\nnonsense\n"
                        .formatted(picture));
        Page page = made("lines");
        files(page).setInputFiles(lines);
        assertThat(page.locator(".drop ~ .stack")).containsText("1 item written, 1 line rejected");
        assertThat(page.locator(".drop ~ .stack")).containsText("line 2");
        files(page).setInputFiles(Path.of("pom.xml"));
        assertThat(page.locator(".drop ~ .stack [role=alert]")).containsText("None of these files");
    }

    @Test
    void aRunningUploadIsSeenAndCancelledAmongTheOperations() throws IOException {
        Path lines = folder.resolve("many.ndjson");
        StringBuilder text = new StringBuilder();
        String picture = Base64.getEncoder().encodeToString(oval(0));
        for (int i = 0; i < 12_000; i++) {
            text.append(
                    "{\"id\":\"%d\",\"values\":{\"oval\":{\"image\":\"%s\"}}}\n"
                            .formatted(i, picture));
        }
        Files.writeString(lines, text);
        Page page = made("many");
        files(page).setInputFiles(lines);
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        Page operations = CHROMIUM.open("#/operations");
        button(operations, "Cancel ingest").first().click();
        assertThat(operations.locator(".badge").first()).hasText("cancelled", patiently());
        assertThat(page.locator(".drop ~ .stack")).containsText("cancelled");
    }

    @Test
    void aBenchmarkIsStartedWatchedAndComparedWithAnother() {
        Page page = CHROMIUM.open("#/measure");
        for (int draws = 1; draws <= 2; draws++) {
            page.getByLabel("Search set").fill("500");
            page.getByLabel("Draws").fill(Integer.toString(draws));
            button(page, "Start a benchmark").click();
            assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
            assertThat(page.getByRole(AriaRole.PROGRESSBAR))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(90_000));
            assertThat(page.locator(".run input:checked")).hasCount(1);
        }
        assertThat(page.locator(".plot")).hasCount(3);
        assertThat(page.locator(".heat tbody th").first()).hasText("left-right");
        assertThat(page.locator(".plain-table")).containsText("R@1");
        page.locator(".run input:not(:checked)").first().click();
        assertThat(page.locator(".plain-table thead th")).hasCount(2);
        assertThat(page.locator(".plot .line")).hasCount(2);
        Page shared = CHROMIUM.blank(1280, 900, null);
        shared.navigate(page.url());
        assertThat(shared.locator(".plain-table thead th")).hasCount(2);
    }

    @Test
    void aBenchmarkThatCannotRunSaysWhy() {
        Page page = CHROMIUM.open("#/measure");
        page.getByLabel("Data set (its test split)").fill("nothing");
        button(page, "Start a benchmark").click();
        assertThat(page.locator(".settings [role=alert]")).containsText("“nothing” is unknown");
    }

    @Test
    void aModelsCardHasKnobsAndProvenanceAndABundleIsInstalled() {
        Page page = CHROMIUM.open("#/models");
        Locator card =
                page.getByRole(
                        AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("sprites-rivae"));
        assertThat(card).containsText("left-right");
        card.getByText("Provenance").click();
        assertThat(card).containsText("Data fingerprint");
        assertThat(card).containsText("PyTorch");
        button(page, "Install a model").click();
        files(page).setInputFiles(BUNDLE.resolve("manifest.json"));
        assertThat(page.locator("dialog [role=alert]")).containsText("two files");
        files(page)
                .setInputFiles(
                        new Path[] {
                            BUNDLE.resolve("manifest.json"), BUNDLE.resolve("weights.safetensors")
                        });
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(card).isVisible();
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(30_000);
    }
}
