package dev.holdfast.demo.run;

import dev.holdfast.demo.unguarded.UnguardedNightlyReport;
import dev.holdfast.demo.unguarded.UnguardedShipOrder;
import dev.holdfast.lambda.testkit.FunctionCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Unpacked classes of the functions, in the layout of a deployment package.
 *
 * @param guarded the zip of the samples
 * @param unguarded the zip of the samples with the two handlers that do not lock
 */
record FunctionPackages(FunctionCode guarded, FunctionCode unguarded) {
  private static final List<Class<?>> UNGUARDED_HANDLERS =
      List.of(UnguardedShipOrder.class, UnguardedNightlyReport.class);

  static FunctionPackages unpack(Path zip, Path folder) {
    try {
      FunctionCode guarded = FunctionCode.unzip(zip, folder.resolve("guarded"));
      Path root = folder.resolve("unguarded");
      FunctionCode unguarded = FunctionCode.unzip(zip, root);
      for (Class<?> handler : UNGUARDED_HANDLERS) {
        copyClassFile(root, handler.getName().replace('.', '/') + ".class");
      }
      return new FunctionPackages(guarded, unguarded);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + zip + ": " + e.getMessage(), e);
    }
  }

  FunctionCode forVariant(Variant variant) {
    return switch (variant) {
      case UNGUARDED -> unguarded;
      case GUARDED -> guarded;
    };
  }

  private static void copyClassFile(Path root, String file) throws IOException {
    Path target = root.resolve(file);
    Files.createDirectories(target.resolveSibling("."));
    try (InputStream content = FunctionPackages.class.getResourceAsStream("/" + file)) {
      if (content == null) {
        throw new FileNotFoundException(file + " is not on the class path");
      }
      Files.copy(content, target);
    }
  }
}
