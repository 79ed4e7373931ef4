package dev.holdfast.demo.report;

import com.samskivert.mustache.Mustache;
import dev.holdfast.demo.run.RunResult;
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

/** HTML page with the timeline, in one file without external references. */
public final class HtmlReport {
  private static final String TEMPLATE = "page.html";
  private static final int RIGHT_MARGIN = 20;

  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @param comparison the content of the page
   * @param file the target file
   * @return the target file
   * @throws IOException if the file cannot be written
   */
  public static Path write(RunComparison comparison, Path file) throws IOException {
    return Files.writeString(file, html(comparison));
  }

  /** Renders the page. Mustache escapes every value of the template. */
  static String html(RunComparison comparison) throws IOException {
    RunResult unguarded = comparison.unguarded();
    RunResult guarded = comparison.guarded();
    Duration length =
        Collections.max(
            List.of(TimelineBuilder.activity(unguarded), TimelineBuilder.activity(guarded)));
    List<String> orders = OrderCloseUp.orders(unguarded, guarded);
    Map<String, Object> values =
        Map.of(
            "seed",
            unguarded.workload().seed(),
            "timelines",
            List.of(
                TimelineBuilder.build(unguarded, length, orders),
                TimelineBuilder.build(guarded, length, orders)),
            "rows",
            comparison.rows(),
            "left",
            TimeScale.LEFT,
            "width",
            TimeScale.LEFT + TimeScale.WIDTH + RIGHT_MARGIN);
    try (Reader template = template()) {
      return Mustache.compiler().compile(template).execute(values);
    }
  }

  private static Reader template() throws FileNotFoundException {
    InputStream template = HtmlReport.class.getResourceAsStream(TEMPLATE);
    if (template == null) {
      throw new FileNotFoundException(TEMPLATE + " is not on the class path");
    }
    return new InputStreamReader(template, StandardCharsets.UTF_8);
  }
}
