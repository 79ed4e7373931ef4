package dev.holdfast.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class PageTest {
  private static final Pattern ELSEWHERE = Pattern.compile("(?:src|href)\\s*=|@import|https?:");

  @Test
  void html_needsNothingElse() throws IOException {
    assertThat(html()).doesNotContainPattern(ELSEWHERE);
  }

  @Test
  void html_escapesWhatItIsGiven() throws IOException {
    assertThat(html()).contains("order-&lt;1&gt;").doesNotContain("order-<1>");
  }

  @Test
  void html_drawingsAreWellFormed() throws Exception {
    String[] drawings = html().split("(?=<svg)|(?<=</svg>)", -1);
    assertThat(drawings).filteredOn(part -> part.startsWith("<svg")).hasSize(3);
    for (String part : drawings) {
      if (part.startsWith("<svg")) {
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(part)));
      }
    }
  }

  @Test
  void html_marksOverlapsInTheRunThatHasThem() throws IOException {
    String[] sections = html().split("<section>", -1);
    assertThat(sections[1]).contains("<rect class=\"overlap\"", "its late write goes through");
    assertThat(sections[2])
        .doesNotContain("<rect class=\"overlap\"")
        .contains("its late write is refused", "taken over 5.0 s later", "<rect class=\"frozen\"");
  }

  private static String html() throws IOException {
    return Page.html(new Comparison(Runs.without(), Runs.with()));
  }
}
