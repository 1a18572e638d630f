/// The contract of each port, as tests that every implementation runs.
@NullMarked
package io.rengo.protocol;

import org.jspecify.annotations.NullMarked;
