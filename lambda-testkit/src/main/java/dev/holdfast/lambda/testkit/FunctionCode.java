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

/** Location of the classes of a function. */
public sealed interface FunctionCode {

  /**
   * A folder in the layout of an unpacked deployment package: classes at its root, jars in {@code
   * lib}.
   *
   * @param root the folder
   */
  record DeploymentPackage(Path root) implements FunctionCode {

    /** Checks that the folder exists. */
    public DeploymentPackage {
      if (!Files.isDirectory(root)) {
        throw new IllegalArgumentException("function code must be a folder, got " + root);
      }
    }
  }

  /**
   * A class path, for handlers that are not packaged.
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
   * Returns the class path of this JVM, for handlers that a test defines.
   *
   * @return the code
   */
  static FunctionCode currentClassPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return new ClassPath(Arrays.stream(entries).map(Path::of).toList());
  }

  /**
   * Unpacks the zip of a function. Any number of execution environments can use the result.
   *
   * @param zip the zip, with classes at its root and jars in {@code lib}
   * @param targetFolder the target folder; the method creates it if it does not exist
   * @return the unpacked code
   * @throws IOException if the zip cannot be read or the folder cannot be written
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
      throw new IOException("zip entry must stay inside the target folder, got " + entry.getName());
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
