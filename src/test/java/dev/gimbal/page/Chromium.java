package dev.gimbal.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.gimbal.ExampleService;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// The machine's own Chromium, headless; one for all tests of a JVM, a fresh profile for each. A
/// test fails when the page breaks its policy or a script throws. Where there is no Chromium, tests
/// skip and say so.
final class Chromium implements BeforeAllCallback, AfterEachCallback {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Browser browser;

    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = find();
        if (executable.isEmpty()) {
            String reason = "no Chromium (" + NAMES + ") is on the PATH: the page is not tested";
            System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason);
            Assumptions.abort(reason);
        }
        browser =
                context.getRoot()
                        .getStore(Namespace.create(Chromium.class))
                        .computeIfAbsent("browser", _ -> start(executable.get()), Running.class)
                        .browser();
    }

    private static Running start(Path executable) {
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000); // the machine may be busy
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Running(
                playwright,
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setHeadless(true)
                                        .setArgs(ARGUMENTS)));
    }

    private static Optional<Path> find() {
        Stream<Path> folders =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return folders.flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The page of a desktop, light.
    Page open(String hash) {
        return open(hash, 1280, 900, ColorScheme.LIGHT);
    }

    Page open(String hash, int width, int height, ColorScheme scheme) {
        Page page = blank(width, height, scheme);
        page.navigate(ExampleService.address() + "/" + hash);
        return page;
    }

    /// A page that shows nothing yet.
    Page blank(int width, int height, ColorScheme scheme) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setColorScheme(scheme)
                                .setAcceptDownloads(true)
                                .setLocale("en-GB"));
        contexts.add(context);
        context.setDefaultTimeout(15_000);
        Page page = context.newPage();
        page.onPageError(error -> complaints.add("script: " + error));
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // requests on their way would reach a test's handler when their page is gone
        contexts.forEach(one -> one.pages().forEach(Page::unrouteAll));
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> found = List.copyOf(complaints);
        complaints.clear();
        Assertions.assertThat(found).as("what the browser complained of").isEmpty();
    }
}
