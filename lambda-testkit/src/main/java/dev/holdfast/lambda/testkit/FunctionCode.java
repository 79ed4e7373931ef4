package dev.holdfast.lambda.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where a function's classes are. */
public sealed interface FunctionCode {

  /**
   * A folder laid out as Lambda unpacks a zip: classes at its root, jars in {@code lib}.
   *
   * @param root the folder
   */
  record DeploymentPackage(Path root) implements FunctionCode {

    /** Checks that the folder is there. */
    public DeploymentPackage {
      if (!Files.isDirectory(root)) {
        throw new IllegalArgumentException("function code must be a folder, got " + root);
      }
    }
  }

  /**
   * A plain class path, for handlers that are not packaged yet.
   *
   * @param entries folders and jars
   */
  record ClassPath(List<Path> entries) implements FunctionCode {

    /** Checks that the class path is not empty. */
    public ClassPath {
      entries = List.copyOf(entries);
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("class path must have at least one entry");
      }
    }
  }

  /**
   * The class path of this very JVM, for handlers that are defined beside their test.
   *
   * @return the code
   */
  static FunctionCode currentClassPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return new ClassPath(Arrays.stream(entries).map(Path::of).toList());
  }

  /**
   * Unpacks a function's zip, to be used by any number of sandboxes.
   *
   * @param zip classes at its root, jars in {@code lib}
   * @param targetFolder the folder to unpack into, made where it is missing
   * @return the unpacked code
   * @throws IOException where the zip cannot be read or the folder cannot be written
   */
  static FunctionCode unzip(Path zip, Path targetFolder) throws IOException {
    Path root = targetFolder.toAbsolutePath().normalize();
    Files.createDirectories(root);
    try (ZipFile zipFile = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = zipFile.entries();
      while (entries.hasMoreElements()) {
        unpack(zipFile, entries.nextElement(), root);
      }
    }
    return new DeploymentPackage(root);
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path root) throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("zip entry leaves the folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(root.resolve(target).getParent());
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, target);
    }
  }
}
