package dev.holdfast.demo.report;

import com.samskivert.mustache.Mustache;
import dev.holdfast.demo.run.Run;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The page with the timeline: one file that needs nothing else. */
public final class Page {
  private static final String TEMPLATE = "page.html";
  private static final int MARGIN = 20;

  private Page() {}

  /**
   * Writes the page.
   *
   * @param comparison what is on it
   * @param file where to write it
   * @return the file
   * @throws IOException where it cannot be written
   */
  public static Path write(Comparison comparison, Path file) throws IOException {
    return Files.writeString(file, html(comparison));
  }

  /**
   * Mustache escapes every value that the template does not take unescaped, which it never does.
   */
  static String html(Comparison comparison) throws IOException {
    Run without = comparison.without();
    Run with = comparison.with();
    Duration longest = Collections.max(List.of(without.length(), with.length()));
    Map<String, Object> values =
        Map.of(
            "seed",
            without.plan().seed(),
            "panels",
            List.of(Drawing.of(without, longest), Drawing.of(with, longest)),
            "rows",
            comparison.rows(),
            "left",
            Scale.LEFT,
            "right",
            Scale.LEFT + Scale.WIDTH,
            "width",
            Scale.LEFT + Scale.WIDTH + MARGIN);
    try (Reader template = template()) {
      return Mustache.compiler().compile(template).execute(values);
    }
  }

  private static Reader template() throws FileNotFoundException {
    InputStream template = Page.class.getResourceAsStream(TEMPLATE);
    if (template == null) {
      throw new FileNotFoundException(TEMPLATE + " is not on the class path");
    }
    return new InputStreamReader(template, StandardCharsets.UTF_8);
  }
}
