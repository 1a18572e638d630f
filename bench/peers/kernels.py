"""The same kernels in numpy and in Flower, on one thread, in CPU seconds: the best of several runs. Prints one JSON line."""
import json
import time

import numpy as np
from flwr.common import Code, FitRes, Status, ndarrays_to_parameters
from flwr.server.strategy.aggregate import aggregate_inplace

PARAMETERS, UPDATES, MEMBERS, COLUMNS = 10_000_000, 16, 100, 1 << 18


def seconds(work, runs=5):
    best = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


rng = np.random.default_rng(1)
results = [
    (None, FitRes(Status(Code.OK, ""), ndarrays_to_parameters([rng.random(PARAMETERS, dtype=np.float32)]), 10, {}))
    for _ in range(UPDATES)
]
figures = {"Flower aggregate_inplace GB/s": UPDATES * PARAMETERS * 4 / seconds(lambda: aggregate_inplace(results)) / 1e9}
del results
x = rng.random((MEMBERS, COLUMNS), dtype=np.float32)
y = x.astype(np.float64)
scale = 1e6 / COLUMNS
figures["numpy.median s/M"] = seconds(lambda: np.median(x, axis=0), 3) * scale
figures["numpy trimmed mean s/M"] = seconds(lambda: np.sort(x, axis=0)[10:-10].mean(axis=0), 3) * scale
figures["numpy X @ X.T float64 s/M"] = seconds(lambda: y @ y.T) * scale
figures["numpy X @ X.T float32 s/M"] = seconds(lambda: x @ x.T) * scale
print(json.dumps(figures))
