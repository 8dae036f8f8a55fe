package dev.gimbal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.gimbal.ExampleService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Searching and turning knobs in the browser, against the service with its bundled collection.
class SearchPageTest {
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private static final String ASKED = "#/search/ovals?q=1*draw:24,40,9";
    private static final String TURNED = ASKED + "&k0=-1.2";
    private static final Path SQUARE = Path.of("docs/images/square.png");

    private static Locator cards(Page page) {
        return page.locator(".card");
    }

    private static Locator best(Page page) {
        return page.locator(".card .card-name").first();
    }

    private static Locator knob(Page page, String name) {
        return page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// What stands on the card of the best match.
    private static String attribute(Page page, String name) {
        return page.locator(".card")
                .first()
                .locator(".attributes div", new Locator.LocatorOptions().setHasText(name))
                .locator("dd")
                .innerText();
    }

    @Test
    void theFirstViewHasAnAnsweredSquareAndAKnobForEachFactor() {
        Page page = CHROMIUM.open("");
        assertThat(cards(page)).hasCount(12);
        assertThat(best(page)).hasText("s1-x08-y24");
        for (String name : new String[] {"left-right", "size", "height"}) {
            assertThat(knob(page, name)).hasAttribute("aria-valuetext", "at rest");
        }
        assertThat(page.locator(".strip img")).hasCount(21);
        assertThat(page.locator("#live")).containsText("Best match s1-x08-y24");
        assertThat(page).hasTitle("Search · Gimbal");
    }

    @Test
    void oneKnobMovesOneThingAndResetBringsItBack() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(best(page)).hasText("s1-x08-y24");
        String height = attribute(page, "y");
        knob(page, "left-right").focus();
        for (int i = 0; i < 2; i++) {
            page.keyboard().press("PageDown");
        }
        assertThat(page.locator(".summary")).containsText("left-right −1");
        assertThat(best(page)).not().hasText("s1-x08-y24");
        assertThat(Double.parseDouble(attribute(page, "x"))).isGreaterThan(.35);
        assertThat(Math.abs(number(attribute(page, "scale")) - .6)).isLessThan(.11);
        assertThat(Math.abs(number(attribute(page, "y")) - number(height))).isLessThan(.15);
        assertThat(page.locator(".left-out")).containsText("left the first 12");
        assertThat(page.locator("#live")).containsText("left-right −1");
        button(page, "Reset all").click();
        assertThat(best(page)).hasText("s1-x08-y24");
        assertThat(page.locator(".left-out")).isHidden();
    }

    @Test
    void cardsSayWhatRoseAndWhatFell() {
        Page page = CHROMIUM.open(ASKED + "&k0=-0.2");
        assertThat(page.locator(".change.rose").first()).hasText(Pattern.compile("▲ \\d+"));
        assertThat(page.locator(".change.fell").first()).hasText(Pattern.compile("▼ \\d+"));
        assertThat(page.locator(".change.rose").first())
                .hasAttribute("aria-label", Pattern.compile("rose \\d+ places?"));
    }

    @Test
    void theAddressHoldsTheStateAndBackUndoesATurn() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(best(page)).hasText("s1-x08-y24");
        knob(page, "size").press("PageDown");
        assertThat(page).hasURL(Pattern.compile("k1=-0\\.5"));
        assertThat(page.locator(".summary")).containsText("size −0.5");
        String found = best(page).innerText();
        Page shared = CHROMIUM.blank(1280, 900, null);
        shared.navigate(page.url());
        assertThat(best(shared)).hasText(found);
        page.goBack();
        assertThat(best(page)).hasText("s1-x08-y24");
        assertThat(knob(page, "size")).hasAttribute("aria-valuetext", "at rest");
    }

    @Test
    void theSquareIsMovedByKeysAndTheMatchesFollow() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(best(page)).hasText("s1-x08-y24");
        Locator pad = page.locator("canvas.pad");
        for (int i = 0; i < 8; i++) {
            pad.press("ArrowRight");
        }
        assertThat(best(page)).hasText("s1-x16-y24");
        assertThat(page).hasURL(Pattern.compile("draw%3A32%2C40%2C9"));
    }

    @Test
    void theSquareIsDraggedByPointer() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(best(page)).hasText("s1-x08-y24");
        var box = page.locator("canvas.pad").boundingBox();
        page.mouse().move(box.x + box.width * 24 / 64, box.y + box.height * 40 / 64);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 40 / 64, box.y + box.height * 24 / 64);
        page.mouse().up();
        assertThat(best(page)).hasText(Pattern.compile("s1-x2[345]-y0[789]"));
    }

    @Test
    void aPictureIsAskedBy() {
        Page page = CHROMIUM.open(ASKED);
        page.locator("input[type=file]").setInputFiles(SQUARE);
        assertThat(page.getByAltText("your picture")).isVisible();
        assertThat(best(page)).hasText("s1-x08-y24");
        page.reload();
        assertThat(page.getByAltText("your picture")).isVisible();
        page.locator("input[type=file]").setInputFiles(Path.of("pom.xml"));
        assertThat(page.locator(".query [role=alert]")).containsText("not a picture");
    }

    @Test
    void whyShowsABarForEachFactorAndTheResidual() {
        Page page = CHROMIUM.open(TURNED);
        assertThat(cards(page)).hasCount(12);
        Locator why = page.locator(".card-actions button").first();
        why.click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.locator(".bar-row")).hasCount(4);
        assertThat(dialog).containsText("residual");
        assertThat(dialog).containsText("brings it near most");
        page.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);
        assertThat(why).isFocused();
    }

    @Test
    void moreAndLessLikeThisMixWithWeights() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(cards(page)).hasCount(12);
        cards(page).nth(4).getByText("More", exactly()).click();
        assertThat(page.locator(".part")).hasCount(2);
        assertThat(page).hasURL(Pattern.compile("q=0\\.5\\*item"));
        cards(page).nth(6).getByText("Less", exactly()).click();
        assertThat(page.locator(".part")).hasCount(3);
        assertThat(page).hasURL(Pattern.compile("q=-0\\.3\\*item"));
        assertThat(cards(page)).hasCount(12);
        Locator weight = page.locator(".weight input").first();
        weight.fill("0");
        weight.press("Tab");
        assertThat(page.locator(".query [role=alert]")).containsText("any number but 0");
        page.locator(".weight button").last().click();
        assertThat(page.locator(".part")).hasCount(2);
    }

    @Test
    void moreNegativeWeightThanPositiveIsRefusedInWords() {
        Page page = CHROMIUM.open(ASKED + "&q=-2*item:s1-x08-y24");
        assertThat(page.locator(".summary [role=alert]")).containsText("weight");
    }

    @Test
    void anItemIsPickedAndItsKnobsAreExplainedAway() {
        Page page = CHROMIUM.open(ASKED);
        button(page, "Item").click();
        Locator picks = page.locator("dialog .pick");
        assertThat(picks).hasCount(24);
        String id = picks.first().getAttribute("aria-label");
        picks.first().click();
        assertThat(best(page)).hasText(id);
        assertThat(page.locator(".knobs .hint")).containsText("Ask by square");
        assertThat(page.locator(".knob-list")).isHidden();
    }

    @Test
    void theSheetShowsEveryFactorAndIsSavedAsAPicture() throws IOException {
        Page page = CHROMIUM.open(TURNED + "&tab=sheet");
        assertThat(page.locator(".sheet-table .pick")).hasCount(27);
        Download download = page.waitForDownload(() -> button(page, "Save as PNG").click());
        assertThat(ImageIO.read(Files.newInputStream(download.path())).getHeight())
                .isGreaterThan(900);
        page.locator(".sheet-table tr").nth(1).locator(".pick").first().click();
        assertThat(page).hasURL(Pattern.compile("k1=-"));
    }

    @Test
    void twoFactorsMakeAPlane() {
        Page page = CHROMIUM.open(ASKED + "&tab=plane");
        assertThat(page.locator(".plane .pick")).hasCount(49);
        page.getByLabel("Upwards").selectOption("height");
        assertThat(page.locator(".plane caption")).containsText("height upwards");
        page.locator(".plane .pick").first().click();
        assertThat(page).hasURL(Pattern.compile("k0=.*k2="));
        page.getByLabel("Across").selectOption("height");
        assertThat(page.locator(".plane")).containsText("two different factors");
    }

    @Test
    void steeringIsSwitched() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(best(page)).hasText("s1-x08-y24");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("offset")).check();
        assertThat(page).hasURL(Pattern.compile("steer=offset"));
        assertThat(best(page)).not().hasText("s1-x08-y24");
    }

    @Test
    void aFactorIsRenamedWhereItStands() {
        Page page = CHROMIUM.open(ASKED);
        button(page, "Rename height").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByRole(AriaRole.TEXTBOX).fill("size");
        dialog.getByText("Rename", exactly()).click();
        assertThat(page.locator(".knobs [role=alert]")).containsText("share a name");
        button(page, "Rename height").click();
        dialog.getByRole(AriaRole.TEXTBOX).fill("up-down");
        dialog.getByText("Rename", exactly()).click();
        assertThat(knob(page, "up-down")).isVisible();
        button(page, "Rename up-down").click();
        dialog.getByRole(AriaRole.TEXTBOX).fill("height");
        dialog.getByText("Rename", exactly()).click();
        assertThat(knob(page, "height")).isVisible();
    }

    @Test
    void aRefusalForWantOfPlacesIsAskedAgainUnseen() {
        Page page = CHROMIUM.blank(1280, 900, ColorScheme.LIGHT);
        AtomicInteger refused = new AtomicInteger();
        page.route(
                "**/query",
                route -> {
                    if (refused.getAndIncrement() == 0) {
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(429)
                                        .setHeaders(Map.of("Retry-After", "1"))
                                        .setBody("{}"));
                    } else {
                        route.resume();
                    }
                });
        page.navigate(ExampleService.address() + "/" + ASKED);
        assertThat(cards(page)).hasCount(12);
        assertThat(refused.get()).isGreaterThan(1);
    }

    @Test
    void withoutAConnectionThePageSaysWhatToDoAndRecovers() {
        Page page = CHROMIUM.open(ASKED);
        assertThat(cards(page)).hasCount(12);
        page.route("**/v1/**", Route::abort);
        knob(page, "size").press("PageDown");
        assertThat(page.locator("#banner")).containsText("does not answer");
        page.unroute("**/v1/**");
        page.locator(".summary button").click();
        assertThat(cards(page)).hasCount(12);
        assertThat(page.locator("#banner")).isEmpty();
    }

    @Test
    void aServiceWithKeysAsksForOne() {
        Page page = CHROMIUM.blank(1280, 900, null);
        page.route(
                "**/v1/**",
                route -> {
                    if ("Bearer right".equals(route.request().headerValue("authorization"))) {
                        // this service has no keys, and would not know the one that was given
                        Map<String, String> headers = new HashMap<>(route.request().headers());
                        headers.remove("authorization");
                        route.resume(new Route.ResumeOptions().setHeaders(headers));
                    } else {
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(401)
                                        .setContentType("application/problem+json")
                                        .setBody("{\"detail\":\"give a key\"}"));
                    }
                });
        page.navigate(ExampleService.address() + "/" + ASKED);
        Locator field = page.locator("#banner input");
        field.fill("wrong");
        field.press("Enter");
        assertThat(page.locator("#banner")).containsText("refused");
        page.locator("#banner input").fill("right");
        page.locator("#banner input").press("Enter");
        assertThat(cards(page)).hasCount(12);
        assertThat(page.locator("#banner")).isEmpty();
        assertThat(page.locator(".card img").first())
                .hasAttribute("src", Pattern.compile("^blob:"));
    }

    @Test
    void aSentenceIsAskedAndARecipeIsReadWhereTheCollectionHasTexts() {
        Page page = CHROMIUM.open("#/collections");
        assertThat(page.locator("tbody")).isVisible();
        Assumptions.assumeTrue(
                page.locator("tbody").innerText().contains("plates"),
                "no collection with texts is bundled");
        page.navigate(ExampleService.address() + "/#/search/plates");
        assertThat(page.locator(".card").first().locator(".recipe h4")).not().isEmpty();
        page.getByLabel("A sentence to ask by").fill("a green salad with fruit");
        page.getByLabel("A sentence to ask by").press("Enter");
        assertThat(page.locator("blockquote")).hasText("a green salad with fruit");
        assertThat(cards(page)).hasCount(12);
        assertThat(page.locator(".strip img").first()).isVisible();
        assertThat(page).hasURL(Pattern.compile("q=1\\*text%3Aa\\+green"));
    }

    @Test
    void theEndsOfAFactorAreToldInWordsAndTurnedTo() {
        Page page = CHROMIUM.open("#/search/plates?tab=words");
        Locator row =
                page.locator(".words-table tr", new Page.LocatorOptions().setHasText("savory"));
        assertThat(row.locator(".cloud")).hasCount(3);
        assertThat(row.locator(".cloud").last()).not().isEmpty();
        row.locator("button").last().click();
        assertThat(page).hasURL(Pattern.compile("k\\d+="));
        assertThat(page.locator(".knobs .turned")).hasCount(1);
    }

    @Test
    void anUnknownCollectionSaysSo() {
        Page page = CHROMIUM.open("#/search/nowhere");
        assertThat(page.locator(".empty")).containsText("no collection “nowhere”");
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
