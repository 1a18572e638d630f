package io.rengo.local;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;

/// The rules of uploads in parts, which are those of Amazon S3.
final class Uploads {
  static final int SMALLEST_PART = 5 << 20;

  private Uploads() {}

  static void checkSize(String key, int number, int parts, long size) {
    if (size < SMALLEST_PART && number < parts) {
      throw new RengoException(
          ErrorCode.CONFLICT,
          "part " + number + " of " + parts + " has " + size + " bytes",
          key,
          "Make each part but the last " + SMALLEST_PART + " bytes or longer");
    }
  }

  static int inMemory(String key, long size) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new RengoException(
          ErrorCode.CONFLICT,
          size + " bytes do not fit into one object in memory",
          key,
          "Run this job in a folder");
    }
    return (int) size;
  }

  static RengoException missing(String key, String uploadId) {
    return new RengoException(
        ErrorCode.OBJECT_MISSING,
        "there is no upload " + uploadId,
        key,
        "Open an upload for this key; one that was completed is gone");
  }

  static RengoException otherPart(String key, int number) {
    return new RengoException(
        ErrorCode.CONFLICT,
        "part " + number + " is missing or has another etag",
        key,
        "Give the etag of each part's last upload");
  }
}
