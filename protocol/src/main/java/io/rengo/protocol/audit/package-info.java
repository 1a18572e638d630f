/// The ledger of a job: pages that are only ever added, each bound to the one before.
@NullMarked
package io.rengo.protocol.audit;

import org.jspecify.annotations.NullMarked;
