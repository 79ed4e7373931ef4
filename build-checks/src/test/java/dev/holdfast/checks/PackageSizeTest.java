package dev.holdfast.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSizeTest {

  @TempDir private Path root;

  private SourceTree treeWithFiles(int count) throws IOException {
    SourceTreeFixture sources = new SourceTreeFixture(root);
    sources.add("shop/package-info.java", "package shop;");
    sources.add("shop/stock/Shelf.java", "package shop.stock; class Shelf {}");
    for (int i = 0; i < count; i++) {
      sources.add("shop/Type" + i + ".java", "package shop; class Type" + i + " {}");
    }
    return sources.tree();
  }

  @Test
  void violations_maximum_isAllowed() throws IOException {
    assertThat(PackageSize.violations(treeWithFiles(40))).isEmpty();
  }

  @Test
  void violations_aboveMaximum_areReportedWithCount() throws IOException {
    assertThat(PackageSize.violations(treeWithFiles(41)))
        .singleElement()
        .asString()
        .contains("shop", "at most 40", "got 41");
  }

  @Test
  void violations_missingSourceRoot_areEmpty() {
    assertThat(PackageSize.violations(new SourceTree(root.resolve("none")))).isEmpty();
  }
}
