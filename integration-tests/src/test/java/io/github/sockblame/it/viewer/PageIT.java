// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.TextFormat;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The page of {@code sockblame report -o FILE.html} in a real browser, from a saved report of 19,000 sockets and from a hostile one. */
@Timeout(120)
class PageIT {

    /** Generous, for a machine that does other things; what it took is printed. */
    private static final Duration LOADED_WITHIN = Duration.ofSeconds(5);

    private static final int WIDE = 1200;
    private static final int NARROW = 360;

    private static @Nullable Chromium chromium;
    private static Path folder = Path.of("");
    private static Path large = Path.of("");

    @BeforeAll
    static void start() throws Exception {
        if (Tool.CHROMIUM.isHere()) {
            chromium = Chromium.start();
            folder = TestEnvironment.newFolder("page");
            large = page("large", ReportJson.write(PageReports.large()));
        }
    }

    /** For each test, so that each is counted. */
    @BeforeEach
    void requireBrowser() throws Exception {
        Requires.tool(Tool.CHROMIUM);
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Path page(String name, String json) throws Exception {
        Path saved = Files.writeString(folder.resolve(name + ".json"), json);
        Path page = folder.resolve(name + ".html");
        Output made = Viewer.on(TargetJdk.ofThisJvm()).call("report", saved.toString(), "-o", page.toString());
        assertThat(made.status()).as("%s", made).isZero();
        return page;
    }

    private static ChromiumTab open(Path page) throws Exception {
        ChromiumTab tab = requireNonNull(chromium, "chromium").tab(WIDE, 900);
        tab.open(page);
        assertThat(tab.requests()).containsExactly(page.toUri().toString());
        return tab;
    }

    @Test
    void largeReportOpensSoonAndShowsLeaksFirst() throws Exception {
        ChromiumTab tab = open(large);

        long millis =
                tab.value("Number(document.documentElement.dataset.ready)").asLong();
        System.out.println("page of " + TextFormat.count(PageReports.SOCKETS, "socket") + ": ready after " + millis
                + " ms, " + TextFormat.count(Files.size(large), "byte"));
        assertThat(Duration.ofMillis(millis)).isLessThan(LOADED_WITHIN);
        assertThat(tab.text("h1")).isEqualTo("shop.jar pid 4242");
        assertThat(tab.text("#lead"))
                .isEqualTo(
                        "16,400 connections to 10.2.3.4:443 leaked at com.acme.pay.PaymentClient.call(PaymentClient.java:88)");
        assertThat(tab.text("#rest"))
                .isEqualTo("FORGOTTEN: saw the peer close, and did not close; certain, the oldest for "
                        + TextFormat.duration(Duration.ofSeconds(21_700)) + ". And 1,108 more at 1 other site.");
        assertThat(tab.text("#todo"))
                .isEqualTo(
                        "What to do: close the connection where EOF is read, in a finally block or with try-with-resources.");
        assertThat(tab.is("document.querySelector('#site-table button.open').ariaExpanded === 'true'"))
                .as("the worst site is open")
                .isTrue();
        assertThat(tab.text("#site-1")).startsWith("What to do: close the connection where EOF is read");
        assertThat(tab.text("#history-table caption")).endsWith("all lines have one scale, from 0 to 17,350");
        assertThat(tab.text("#figures")).contains("19,000", "18,986", "14", "17,508", "19,471 of 20,000 (97 %)");
        assertThat(tab.text("#history-table"))
                .contains("60 samples", "CLOSE-WAIT", "16,150")
                .doesNotContain("no history");
        assertThat(tab.value("document.querySelectorAll('#history-table svg').length")
                        .asInt())
                .isEqualTo(4);
        assertThat(tab.text("#unseen-list")).contains("14 untracked sockets: 7 opened before the agent started");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void userOpensFindsAndSortsSites() throws Exception {
        ChromiumTab tab = open(large);

        assertThat(tab.text("#found")).isEqualTo("3 of 3 sites");
        tab.click("#site-table button.open");
        assertThat(tab.is("document.querySelector('#site-table button.open').ariaExpanded === 'false'"))
                .isTrue();
        tab.click("#site-table button.open");
        assertThat(tab.text("#site-1"))
                .contains(
                        "saw the peer close, and did not close",
                        "14 threads, http-nio-8080-exec-*",
                        "com.acme.pay.PaymentClient.call(PaymentClient.java:88)",
                        "opened at",
                        "read returned -1 on each of them",
                        "this place opened 16,400 and closed 0");
        assertThat(tab.text("#site-1 li.blamed")).contains("com.acme.pay.PaymentClient.call(PaymentClient.java:88)");
        tab.click("#site-1 details:last-of-type summary");
        Await.until(
                "its sockets",
                () -> tab.is("document.querySelector('#site-1 caption')?.textContent === 'The first 100 of 16,400'"));

        tab.click("#search");
        tab.type("PRICEFEED");
        assertThat(tab.text("#found")).isEqualTo("1 of 3 sites");
        assertThat(visibleVerdicts(tab)).isEqualTo("ABANDONED");
        tab.value("document.getElementById('search').value = ''");
        tab.type("no such thing");
        assertThat(tab.text("#found")).isEqualTo("0 of 3 sites");
        tab.value("document.getElementById('search').value = ''");
        tab.type("10.");
        assertThat(visibleVerdicts(tab)).isEqualTo("FORGOTTEN ABANDONED IDLE");

        tab.focus("#site-table th:nth-child(4) button");
        tab.press("Enter");
        assertThat(tab.value("document.querySelector('#site-table th:nth-child(4)').ariaSort")
                        .asString())
                .isEqualTo("descending");
        assertThat(visibleVerdicts(tab)).isEqualTo("IDLE FORGOTTEN ABANDONED");
        tab.press("Enter");
        assertThat(visibleVerdicts(tab)).isEqualTo("ABANDONED FORGOTTEN IDLE");
        assertThat(tab.text("#site-table caption")).isEqualTo("Sites by oldest, ascending");
        tab.click("#site-table th:nth-child(5) button");
        assertThat(visibleVerdicts(tab)).isEqualTo("FORGOTTEN IDLE ABANDONED");
        assertThat(tab.complaints()).isEmpty();
    }

    private static String visibleVerdicts(ChromiumTab tab) throws Exception {
        return tab.value("[...document.querySelectorAll('#site-table tr.site:not([hidden]) .verdict')]"
                        + ".map(badge => badge.textContent).join(' ')")
                .asString();
    }

    @Test
    void flameGraphAddsUpAndFollowsKeys() throws Exception {
        ChromiumTab tab = open(large);

        assertThat(rows(tab)).containsEntry("0", PageReports.SOCKETS).containsEntry("1", PageReports.SOCKETS);
        assertThat(tab.text("#flame-cells")).contains("untracked \u00b7 14");
        assertThat(tab.value("[...document.querySelectorAll('#flame-cells [data-depth=\"1\"]')]"
                                + ".reduce((sum, cell) => sum + parseFloat(cell.style.width), 0)")
                        .asDouble())
                .isBetween(99.999, 100.001);

        tab.focus("#flame-cells button[tabindex='0']");
        tab.press("ArrowDown");
        String biggest = tab.value("document.activeElement.textContent").asString();
        tab.press("ArrowRight");
        assertThat(tab.value("document.activeElement.textContent").asString())
                .isEqualTo("untracked \u00b7 14 \u00b7 0.1 %")
                .isNotEqualTo(biggest);
        tab.press("Enter");
        assertThat(tab.text("#flame-status")).startsWith("Zoomed into untracked: 14 sockets, 0.1 % of 19,000");
        assertThat(tab.value("document.activeElement.style.width").asString()).isEqualTo("100%");
        assertThat(rows(tab)).containsEntry("2", PageReports.UNTRACKED);
        tab.press("ArrowUp");
        assertThat(tab.value("document.activeElement.dataset.depth").asString()).isEqualTo("0");
        tab.press("Escape");
        assertThat(rows(tab)).containsEntry("1", PageReports.SOCKETS);
        assertThat(tab.value("document.activeElement.textContent").asString())
                .isEqualTo("untracked \u00b7 14 \u00b7 0.1 %");

        tab.click("#flame-tools input[value=eof]");
        assertThat(tab.text("#flame-status")).isEqualTo("19,000 sockets, by EOF stack");
        assertThat(tab.text("#flame-cells")).contains("no EOF read \u00b7 2,586", "PaymentClient.call:88");
        assertThat(rows(tab)).containsEntry("1", PageReports.SOCKETS);
        tab.click("#flame-tools input[value=suspects]");
        assertThat(tab.text("#flame-status")).startsWith("17,508 sockets with a verdict other than normal, of 19,000");
        assertThat(rows(tab)).containsEntry("1", PageReports.FORGOTTEN + PageReports.ABANDONED);
        tab.click("#flame-search");
        tab.type("priceFEED");
        assertThat(tab.text("#flame-status")).startsWith("0 sockets, 0.0 % of 17,508, with this text in the stack");
        tab.click("#flame-tools input[value=opened]");
        assertThat(tab.text("#flame-status")).startsWith("1,108 sockets, 6.3 % of 17,508, with this text in the stack");
        assertThat(tab.value("[...document.querySelectorAll('#flame-cells .found.blamed')]"
                                + ".reduce((sum, cell) => sum + Number(cell.dataset.count), 0)")
                        .asInt())
                .isEqualTo(PageReports.ABANDONED);
        assertThat(tab.is("document.querySelector('#flame-cells .other') !== null"))
                .isTrue();
        tab.value("document.getElementById('flame-search').value = ''");
        tab.type(" ");
        assertThat(tab.text("#flame-status")).startsWith("17,508 sockets with a verdict other than normal");
        tab.click("#flame-tools input[value=eof]");
        tab.click("#flame-every");
        assertThat(tab.value("document.querySelectorAll('#flame-cells button').length")
                        .asInt())
                .isGreaterThan(25);
        tab.click("#flame-list summary");
        Await.until(
                "the table beside the flame graph",
                () -> tab.is("document.querySelector('#flame-list caption')?.textContent"
                        + " === '17,508 sockets by EOF stack'"));
        assertThat(tab.complaints()).isEmpty();
    }

    /** How many sockets the cells of each row of the flame graph stand for. */
    private static Map<String, Integer> rows(ChromiumTab tab) throws Exception {
        JsonNode sums = tab.value("[...document.querySelectorAll('#flame-cells button')].reduce((sums, cell) => {"
                + " const depth = cell.dataset.depth; sums[depth] = (sums[depth] || 0) + Number(cell.dataset.count);"
                + " return sums; }, {})");
        return sums.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asInt()));
    }

    @Test
    void agesAndAddressesAddUp() throws Exception {
        ChromiumTab tab = open(large);

        for (String since : new String[] {"openedAge", "since"}) {
            tab.click("#ages-tools input[value=" + since + "]");
            assertThat(tab.value("[...document.querySelectorAll('#ages-table td:nth-child(2)')]"
                                    + ".filter(cell => cell.textContent === '0').length")
                            .asInt())
                    .as("empty rows")
                    .isZero();
            assertThat(sum(tab, "#ages-table td:nth-child(2)")).isEqualTo(PageReports.SOCKETS);
            assertThat(sum(tab, "#ages-table td:nth-child(3)"))
                    .isEqualTo(PageReports.FORGOTTEN + PageReports.ABANDONED);
        }
        tab.click("#remotes-table button.tool");
        assertThat(sum(tab, "#remotes-table td:nth-child(2)")).isEqualTo(PageReports.SOCKETS);
        assertThat(tab.text("#remotes-table tbody tr")).contains("10.2.3.4:443", "16,400", "CLOSE-WAIT");
        tab.click("#remotes-table th button");
        assertThat(tab.text("#remotes-table tbody tr")).contains("10.2.3.4:443");
        assertThat(tab.complaints()).isEmpty();
    }

    private static int sum(ChromiumTab tab, String cells) throws Exception {
        return tab.value("[...document.querySelectorAll('" + cells + "')].reduce((sum, cell) => sum +"
                        + " Number(cell.textContent.replaceAll(',', '')), 0)")
                .asInt();
    }

    @Test
    void pageFitsPhoneDarkModeAndPaper() throws Exception {
        ChromiumTab tab = open(large);

        assertThat(brightness(picture(tab, "wide", WIDE))).isGreaterThan(200);
        tab.emulate("screen", "dark");
        assertThat(brightness(picture(tab, "dark", WIDE))).isLessThan(80);
        tab.emulate("screen", "light");
        tab.resize(NARROW, 844);
        picture(tab, "narrow", NARROW);
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(NARROW);
        assertThat(tab.value(
                                "Math.max(...[...document.querySelectorAll('.verdict')].map(badge => badge.getClientRects().length))")
                        .asInt())
                .as("lines of a badge")
                .isOne();
        tab.value("document.querySelector('#flame').scrollIntoView()");
        picture(tab, "narrow-flame", NARROW);
        tab.value("window.dispatchEvent(new Event('beforeprint'))");
        tab.emulate("print", "light");
        picture(tab, "paper", NARROW);
        assertThat(tab.is("getComputedStyle(document.getElementById('site-2')).display === 'table-row'"))
                .isTrue();
        assertThat(tab.is("getComputedStyle(document.getElementById('search').closest('.tools')).display === 'none'"))
                .isTrue();
        assertThat(tab.complaints()).isEmpty();
    }

    /** Not blank: as wide as the window, and of many colours, which letters and their edges make. */
    private static BufferedImage picture(ChromiumTab tab, String name, int width) throws Exception {
        BufferedImage picture = tab.picture(folder.resolve(name + ".png"));
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(pixels(picture).distinct().count()).isGreaterThan(50);
        return picture;
    }

    private static double brightness(BufferedImage picture) {
        return pixels(picture)
                .map(rgb -> ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3)
                .average()
                .orElseThrow();
    }

    private static IntStream pixels(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        return IntStream.of(picture.getRGB(0, 0, width, height, null, 0, width));
    }

    @Test
    void pageShowsHostileNamesAsText() throws Exception {
        ChromiumTab tab = open(page("hostile", ReportJson.write(PageReports.hostile())));

        tab.click("#site-1 details:last-of-type summary");
        tab.click("#flame-list summary");
        String shown = PageReports.HOSTILE.replace('\u202e', '?');
        assertThat(tab.value("document.getElementById('name').textContent").asString())
                .isEqualTo(shown);
        assertThat(tab.value("document.querySelector('#site-1 li.blamed code').textContent")
                        .asString())
                .isEqualTo(shown + "." + shown + "(" + shown + ":1)");
        assertThat(tab.value("document.title").asString()).startsWith(shown);
        assertThat(tab.is("window.hacked === undefined")).isTrue();
        assertThat(tab.value("document.querySelectorAll('img').length").asInt()).isZero();
        assertThat(tab.value("document.querySelectorAll('script').length").asInt())
                .isEqualTo(2);
        assertThat(tab.text("#history-table")).isEqualTo("This report has no history.");
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(WIDE);
        assertThat(tab.requests()).hasSize(1);
        assertThat(tab.complaints()).isEmpty();
    }

    /** The policy stands, whatever a later version of the script may do wrong. */
    @Test
    void policyRefusesForeignContent() throws Exception {
        ChromiumTab tab = open(page("policy", ReportJson.write(PageReports.hostile())));

        tab.value("(() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
                + " document.body.append(s); document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.hacked=1\""
                + " id=trap>x</b>'); document.getElementById('trap').click(); })()");
        assertThat(tab.is("window.hacked === undefined")).isTrue();
        Await.until("the browser says so", () -> tab.complaints().size() == 2);
        assertThat(tab.complaints()).allMatch(complaint -> complaint.contains("Content Security Policy"));
    }
}
