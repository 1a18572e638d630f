package io.rengo.cli;

import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Stands by while a job runs in this process: shows how its round goes on, and stops it when
/// another process asks for that.
final class Attendant implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Jobs jobs;
  private final String job;
  private final RunFolder folder;
  private final RoundTable table;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private final Thread farewell;

  Attendant(Jobs jobs, String job, RunFolder folder, RoundTable table) {
    this.jobs = jobs;
    this.job = job;
    this.folder = folder;
    this.table = table;
    thread = Thread.ofPlatform().daemon().name("attendant").start(this::attend);
    farewell =
        new Thread(() -> table.line("interrupted: `rengo run --resume --job " + job + "` goes on"));
    Runtime.getRuntime().addShutdownHook(farewell);
  }

  void row(RoundReport report) {
    table.row(report);
    report.refusals().forEach(refusal -> table.refusal(report.round(), refusal));
  }

  private void attend() {
    try {
      while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      folder.abortRequested().ifPresent(reason -> jobs.abort(job, reason));
      jobs.open(job).ifPresent(open -> table.progress(Follower.describe(open)));
    } catch (RengoException e) {
      // The job ended between two looks; how it ended is told by its run.
      table.wipe();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    table.wipe();
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException e) {
      // The process is on its way out already, and says so.
      return;
    }
  }
}
