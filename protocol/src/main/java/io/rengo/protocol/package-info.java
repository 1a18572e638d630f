/// What two processes must agree on: messages, the job file, object keys, errors and ports.
@NullMarked
package io.rengo.protocol;

import org.jspecify.annotations.NullMarked;
