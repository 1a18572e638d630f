package io.rengo.agent;

import io.rengo.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small JSON file with what the agent does and since when: its age tells whether the agent
/// lives, to a container's health check for one.
///
/// @param more what else there is to know, by its name
public record HealthFile(Path file, InstantSource clock, Supplier<Map<String, ?>> more)
    implements Health {
  private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);

  @Override
  public void alive(String doing) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
      Map<String, Object> health = new TreeMap<>(more.get());
      health.put("doing", doing);
      health.put("at", clock.instant().toString());
      health.put("pid", ProcessHandle.current().pid());
      Files.writeString(next, Json.write(health));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("the health file cannot be written: {}", e.toString());
    }
  }
}
