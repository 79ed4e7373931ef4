package dev.holdfast.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class HtmlReportTest {
  private static final Pattern EXTERNAL_REFERENCE =
      Pattern.compile("(?:src|href)\\s*=|@import|https?:");

  @Test
  void html_isSelfContained() throws IOException {
    assertThat(html()).doesNotContainPattern(EXTERNAL_REFERENCE);
  }

  @Test
  void html_escapesValues() throws IOException {
    assertThat(html()).contains("order-&lt;1&gt;").doesNotContain("order-<1>");
  }

  @Test
  void html_svgIsWellFormed() throws Exception {
    String[] parts = html().split("(?=<svg)|(?<=</svg>)", -1);
    assertThat(parts).filteredOn(part -> part.startsWith("<svg")).hasSize(5);
    for (String part : parts) {
      if (part.startsWith("<svg")) {
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(part)));
      }
    }
  }

  @Test
  void html_unguardedRun_marksOverlaps() throws IOException {
    String[] sections = html().split("<section>", -1);
    assertThat(sections[1]).contains("<rect class=\"overlap\"", "its late write is accepted");
    assertThat(sections[2])
        .doesNotContain("<rect class=\"overlap\"")
        .contains("its late write is rejected", "taken over 5.0 s later", "<rect class=\"frozen\"");
  }

  @Test
  void html_enlargesOrdersOfOverlaps_inBothRuns() throws IOException {
    String[] sections = html().split("<section>", -1);
    assertThat(sections[1])
        .contains("<h3>Enlarged: orders that two environments worked on at the same time</h3>")
        .contains(">order-3</text>", ">s1</text>", ">s3</text>", ">reserve</text>");
    assertThat(sections[2])
        .contains("<h3>Enlarged: the same orders, where two environments come closest</h3>")
        .contains(">order-3</text>", ">ship</text>");
  }

  @Test
  void html_withoutOverlap_enlargesNothing() throws IOException {
    assertThat(HtmlReport.html(new RunComparison(SampleRuns.guarded(), SampleRuns.guarded())))
        .doesNotContain("<h3>");
  }

  /** The queue is polled until 20 s, but the last fault ends at 8 s. */
  @Test
  void html_timeAxis_endsWithLastActivity() throws IOException {
    assertThat(html()).contains(">8 s</text>").doesNotContain(">10 s</text>");
  }

  @Test
  void html_explainsItsTerms() throws IOException {
    assertThat(html()).contains("<dt>step</dt>", "<dt>rejected attempt</dt>");
  }

  private static String html() throws IOException {
    return HtmlReport.html(new RunComparison(SampleRuns.unguarded(), SampleRuns.guarded()));
  }
}
