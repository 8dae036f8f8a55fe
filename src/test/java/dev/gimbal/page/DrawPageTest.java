package dev.gimbal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gimbal.dataset.DatasetOptions;
import dev.gimbal.dataset.Datasets;
import dev.gimbal.dataset.ImageWriter;
import dev.gimbal.dataset.MultimodalDataset;
import dev.gimbal.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A model that draws, in the browser: what a query lacks is drawn, in styles; a picture is given
/// its modality.
class DrawPageTest {
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private static final String DIGITS = "#/search/digits";
    private static final MultimodalDataset DATA =
            Datasets.of("digits")
                    .open(
                            new DatasetOptions(
                                    1, Map.of("train", "20", "validation", "20", "test", "20")));

    @TempDir Path folder;

    private static Locator drawn(Page page) {
        return page.locator(".drawn img");
    }

    private static Locator variants(Page page) {
        return page.locator(".variants img");
    }

    private static Locator slider(Page page, String name) {
        return page.getByRole(
                AriaRole.SLIDER, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Path picture(String modality, int i) throws IOException {
        return Files.write(
                folder.resolve(modality + ".png"),
                ImageWriter.png(
                        DATA.value(Split.TEST, i, modality).numbers(), DATA.modality(modality)));
    }

    @Test
    void whatIsMissingIsDrawnAndKnobsAndStylesChangeIt() {
        Page page = CHROMIUM.open(DIGITS);
        assertThat(drawn(page)).isVisible();
        String rest = drawn(page).getAttribute("src");
        page.locator(".knob-range").first().press("PageDown");
        assertThat(drawn(page)).not().hasAttribute("src", rest);
        page.locator("#tab-draw").click();
        assertThat(variants(page)).hasCount(8);
        assertThat(page.locator(".style .strip img")).not().hasCount(0);
        slider(page, "style 1").press("ArrowRight");
        assertThat(page).hasURL(Pattern.compile("o0=0\\.1"));
        assertThat(slider(page, "style 1")).hasAttribute("aria-valuetext", "+0.1 deviations");
        String before = variants(page).first().getAttribute("src");
        button(page, "Other styles").click();
        assertThat(variants(page).first()).not().hasAttribute("src", before);
        assertThat(page).hasURL(Pattern.compile("seed=5"));
        button(page, "Hold the styles of drawing 2").click();
        assertThat(variants(page)).hasCount(1);
        assertThat(page.locator("#live")).containsText("1 drawing, style 1 +0.1 σ");
        String held = variants(page).first().getAttribute("src");
        Page shared = CHROMIUM.blank(1280, 900, null);
        shared.navigate(page.url());
        assertThat(variants(shared)).hasCount(1);
        assertThat(variants(shared).first()).hasAttribute("src", held);
        page.goBack();
        assertThat(variants(page)).hasCount(8);
    }

    @Test
    void aDigitIsWrittenByHandOrByKeys() {
        Page page = CHROMIUM.open(DIGITS);
        assertThat(page.locator(".card")).hasCount(12);
        button(page, "Clear").click();
        assertThat(page.locator(".summary")).containsText("Write a digit");
        var box = page.locator("canvas.writing").boundingBox();
        page.mouse().move(box.x + box.width * .5, box.y + box.height * .2);
        page.mouse().down();
        page.mouse().move(box.x + box.width * .5, box.y + box.height * .8);
        page.mouse().up();
        assertThat(page.locator(".card")).hasCount(12);
        assertThat(page).hasURL(Pattern.compile("write.*%3A[A-Za-z0-9_-]{4}"));
        assertThat(page.locator(".card .attributes").first()).containsText("1");
        page.locator("canvas.writing").press("Delete");
        for (String key : new String[] {"Space", "ArrowDown", "ArrowDown", "ArrowDown", "Space"}) {
            page.locator("canvas.writing").press(key);
        }
        assertThat(page.locator(".card")).hasCount(12);
    }

    @Test
    void aPictureIsGivenItsModality() throws IOException {
        Page page = CHROMIUM.open(DIGITS);
        assertThat(page.locator(".card")).hasCount(12);
        page.locator("input[type=file]").setInputFiles(picture("written", 3));
        assertThat(page.getByLabel("This is")).hasValue("written");
        page.locator("input[type=file]").setInputFiles(picture("street", 3));
        assertThat(page.getByLabel("This is")).hasValue("street");
        assertThat(page.locator(".card img").first())
                .hasAttribute("alt", Pattern.compile("written"));
        assertThat(drawn(page)).hasAttribute("alt", "drawn written");
        page.getByLabel("Find").selectOption("street");
        page.locator("#tab-draw").click();
        assertThat(page.locator(".draw .hint")).containsText("Nothing to draw from");
        assertThat(variants(page)).hasCount(0);
        page.getByLabel("Find").selectOption("");
        assertThat(variants(page)).hasCount(8);
        page.locator("#tab-matches").click();
        page.getByLabel("This is").selectOption("written");
        assertThat(page).hasURL(Pattern.compile("picture%40written"));
        assertThat(page.locator(".card img").first())
                .hasAttribute("alt", Pattern.compile("street"));
        page.locator(".card-actions button").nth(1).click();
        assertThat(page.locator(".part")).hasCount(2);
        assertThat(page.locator(".card")).hasCount(12);
        assertThat(drawn(page)).hasAttribute("alt", "drawn street");
    }
}
