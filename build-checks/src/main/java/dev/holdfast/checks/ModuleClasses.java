package dev.holdfast.checks;

import static java.lang.reflect.Modifier.isPublic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compiled classes of one module. Immutable.
 *
 * @param root the folder of the class files
 */
record ModuleClasses(Path root) {

  private static final String CLASS_SUFFIX = ".class";

  static ModuleClasses containing(Class<?> moduleClass) {
    try {
      Path root = Path.of(moduleClass.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isDirectory(root)) {
        throw new IllegalArgumentException(
            moduleClass + " must be in a folder of class files, got " + root);
      }
      return new ModuleClasses(root);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(moduleClass + " must be loaded from a file", e);
    }
  }

  /** Returns the types that code of other packages can refer to. */
  List<Class<?>> publicTypes() {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(root::relativize)
          .map(Path::toString)
          .filter(name -> name.endsWith(CLASS_SUFFIX) && !name.endsWith("-info" + CLASS_SUFFIX))
          .<Class<?>>map(this::load)
          .filter(ModuleClasses::isAccessible)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Class<?> load(String file) {
    String name = file.substring(0, file.length() - CLASS_SUFFIX.length()).replace('/', '.');
    try {
      return Class.forName(name, false, ModuleClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " must be on the class path", e);
    }
  }

  private static boolean isAccessible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isPublic(type.getModifiers())
        && type.getCanonicalName() != null
        && (outer == null || isAccessible(outer));
  }
}
