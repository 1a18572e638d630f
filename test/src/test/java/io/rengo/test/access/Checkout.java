package io.rengo.test.access;

import java.nio.file.Path;

/// Where this project lies.
final class Checkout {
  private Checkout() {}

  static Path root() {
    return Path.of(System.getProperty("rengo.root", "..")).toAbsolutePath().normalize();
  }
}
