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
    assertThat(parts).filteredOn(part -> part.startsWith("<svg")).hasSize(3);
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

  private static String html() throws IOException {
    return HtmlReport.html(new RunComparison(SampleRuns.unguarded(), SampleRuns.guarded()));
  }
}
