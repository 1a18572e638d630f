package io.rengo.agent.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// State that ends with the process: for simulations that do, too.
public final class MemoryState implements MemberState {
  private record Name(String job, String name) {}

  private final Map<Name, TreeMap<Integer, double[]>> kept = new HashMap<>();

  @Override
  public synchronized Optional<double[]> load(String job, String name, int round) {
    return Optional.ofNullable(kept.get(new Name(job, name)))
        .flatMap(rounds -> Optional.ofNullable(rounds.get(round)))
        .map(double[]::clone);
  }

  @Override
  public synchronized void save(String job, String name, int round, double[] values, int oldest) {
    TreeMap<Integer, double[]> rounds =
        kept.computeIfAbsent(new Name(job, name), absent -> new TreeMap<>());
    rounds.headMap(oldest).clear();
    rounds.put(round, values.clone());
  }
}
