package dev.gimbal.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every view: rules of accessibility in both themes, a narrow phone, the keyboard,
/// the size, and the times that a person waits.
class PageQualityTest {
    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private static final String ASKED = "#/search/ovals?q=1*draw:24,40,9";
    private static final Path FILES = Path.of("src/main/resources/static");

    @ParameterizedTest
    @ValueSource(
            strings = {
                ASKED + "&k0=-0.4",
                ASKED + "&tab=sheet",
                ASKED + "&tab=plane",
                ASKED + "&q=0.5*item:s1-x08-y24",
                "#/search/digits?tab=draw",
                "#/search/plates?tab=words",
                "#/measure",
                "#/models",
                "#/collections",
                "#/collections/ovals",
                "#/operations",
                "#/reference",
                "#/search/nowhere"
            })
    void aViewKeepsTheRulesOfAccessibilityInBothThemesAndFitsAPhone(String hash) {
        Page page = CHROMIUM.open(hash);
        settle(page);
        assertThat(violations(page)).as(hash + ", light").isEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(violations(page)).as(hash + ", dark").isEmpty();
        page.setViewportSize(360, 740);
        Object overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) overflow).intValue()).as(hash + " at 360 px").isLessThanOrEqualTo(0);
    }

    @Test
    void dialogsKeepTheRulesToo() {
        Page page = CHROMIUM.open(ASKED);
        settle(page);
        page.locator(".card-actions button").first().click();
        assertThat(page.locator("dialog .bar-row")).hasCount(4);
        assertThat(violations(page)).isEmpty();
        page.keyboard().press("Escape");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Item").setExact(true))
                .click();
        assertThat(page.locator("dialog .pick")).hasCount(24);
        assertThat(violations(page)).isEmpty();
    }

    @Test
    void theKeyboardComesEverywhereAndTheThemeIsKept() {
        Page page = CHROMIUM.open(ASKED);
        settle(page);
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
        page.getByRole(AriaRole.TAB).first().focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#tab-sheet")).isFocused();
        assertThat(page.locator("#panel-sheet")).isVisible();
        page.getByLabel("Dark theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }

    @Test
    void theWholePageIsSmall() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(FILES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                ByteArrayOutputStream compressed = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
                    Files.copy(file, out);
                }
                bytes += compressed.size();
            }
        }
        System.out.println("the whole page, compressed: " + bytes + " bytes");
        assertThat(bytes).isLessThan(500_000);
    }

    @Test
    void theFirstViewIsThereInASecondAndTurningFollowsTheHand() {
        Page page = CHROMIUM.open("");
        assertThat(page.locator(".card")).hasCount(12);
        settle(page);
        page.reload();
        assertThat(page.locator(".card")).hasCount(12);
        double first = number(page, "performance.getEntriesByName('gimbal:first')[0].duration");
        turn(page, 30); // the first ones find a service that has compiled little yet
        page.evaluate("performance.clearMeasures('gimbal:turn')");
        turn(page, 40);
        double turn =
                number(
                        page,
                        """
                        (() => {
                          const all = performance.getEntriesByName('gimbal:turn').map((e) => e.duration);
                          return all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
                        })()
                        """);
        System.out.printf(
                "first view with results: %.0f ms; a knob's turn to new results, median: %.0f ms%n",
                first, turn);
        // the goals are 1,000 and 100 on a quiet machine; a busy one is given more
        assertThat(first).isLessThan(4_000);
        assertThat(turn).isLessThan(600);
    }

    /// Drags the first knob through its range, a little every 60 ms.
    private static void turn(Page page, int times) {
        page.evaluate(
                """
                async (times) => {
                  const knob = document.querySelector('.knob-range');
                  const [low, high] = [Number(knob.min), Number(knob.max)];
                  for (let i = 1; i <= times; i++) {
                    knob.value = low + ((high - low) * i) / (times + 1);
                    knob.dispatchEvent(new Event('input'));
                    await new Promise((go) => setTimeout(go, 60));
                  }
                }
                """,
                times);
        settle(page);
    }

    private static double number(Page page, String script) {
        return ((Number) page.evaluate(script)).doubleValue();
    }

    private static void settle(Page page) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(page.locator("#main")).not().hasAttribute("aria-busy", "true");
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(PageQualityTest::words)
                        .toList();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().stream().map(n -> n.getHtml()).toList();
    }
}
