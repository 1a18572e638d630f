package io.rengo.agent.state;

import java.util.Optional;

/// Vectors that a member keeps of a job, as they were after each of its rounds. Which round is the
/// one to go on from is for the job to say: an update may be late, refused or part of a round that
/// is abandoned, and then what the member kept with it never happened.
public interface MemberState {
  /// What was kept after a round, or empty where it is not there any more, or broken.
  Optional<double[]> load(String job, String name, int round);

  /// Keeps values after a round, in place of any that this round has, and forgets those of rounds
  /// before `oldest`. When it returns, the values outlive the process (as far as the state does).
  void save(String job, String name, int round, double[] values, int oldest);
}
