/// Training by any framework, as a command that the member's own configuration names.
@NullMarked
package io.rengo.trainer.process;

import org.jspecify.annotations.NullMarked;
