"""Softmax regression for Rengo's trainer `process`, on Python's standard library alone.

Usage: train.py DATA.csv[.gz] FOLDER    (the agent adds FOLDER)

FOLDER holds `task.json` and `global.safetensors`; this program leaves `result.json` and, where it
trains, `update.safetensors`. The model has two tensors: a kernel [features, classes] and a bias
[classes]. The table has a header line and the class in its last column; every fifth row is only
evaluated on.
"""

import csv
import gzip
import json
import math
import os
import random
import struct
import sys


def read_safetensors(path):
    """Tensors by name, each as (shape, list of floats)."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
            tensors[name] = (entry["shape"], list(values))
    return tensors


def write_safetensors(path, tensors):
    """The other way round, in the order of the dictionary."""
    header, data = {}, b""
    for name, (shape, values) in tensors.items():
        packed = struct.pack(f"<{len(values)}f", *values)
        offsets = [len(data), len(data) + len(packed)]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
        data += packed
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read_table(path, scale):
    """Rows to train on and rows to evaluate on, each as (features, class)."""
    with open(path, "rb") as file:
        opener = gzip.open if file.read(2) == b"\x1f\x8b" else open
    with opener(path, "rt", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        rows = [([float(x) * scale for x in line[:-1]], int(line[-1])) for line in lines]
    training = [row for i, row in enumerate(rows) if i % 5]
    hold_out = [row for i, row in enumerate(rows) if not i % 5]
    return training, hold_out


class SoftmaxRegression:
    def __init__(self, tensors):
        (kernel, ((self.features, self.classes), weights)), (bias, (_, self.bias)) = tensors.items()
        self.names = kernel, bias
        n = self.classes
        self.kernel = [weights[i * n : (i + 1) * n] for i in range(self.features)]

    def tensors(self):
        kernel, bias = self.names
        flat = [w for row in self.kernel for w in row]
        return {
            kernel: ([self.features, self.classes], flat),
            bias: ([self.classes], self.bias),
        }

    def probabilities(self, x):
        z = list(self.bias)
        for value, row in zip(x, self.kernel):
            if value:
                for j, w in enumerate(row):
                    z[j] += value * w
        largest = max(z)
        e = [math.exp(v - largest) for v in z]
        total = sum(e)
        return [v / total for v in e]

    def step(self, batch, rate):
        """One step of gradient descent on a minibatch; returns the sum of its losses."""
        loss = 0.0
        gradients = []
        for x, label in batch:
            p = self.probabilities(x)
            loss -= math.log(max(p[label], 1e-30))
            p[label] -= 1
            gradients.append((x, p))
        factor = rate / len(batch)
        for x, delta in gradients:
            change = [factor * d for d in delta]
            for value, row in zip(x, self.kernel):
                if value:
                    for j, c in enumerate(change):
                        row[j] -= value * c
            for j, c in enumerate(change):
                self.bias[j] -= c
        return loss


def train(model, rows, task):
    settings = task["training"]
    if settings["optimizer"] != "sgd" or settings["proximalMu"] or settings["clipNorm"]:
        sys.exit("this program trains by plain sgd, without proximal term or clipping")
    order = random.Random(task["seed"])
    rows = list(rows)
    loss, steps, size = 0.0, 0, settings["batchSize"]
    for _ in range(settings["epochs"]):
        order.shuffle(rows)
        for start in range(0, len(rows), size):
            loss += model.step(rows[start : start + size], settings["learningRate"])
            steps += 1
    return {"examples": len(rows), "steps": steps, "loss": loss / len(rows) / settings["epochs"]}


def evaluate(model, rows):
    confusion = [[0] * model.classes for _ in range(model.classes)]
    loss = 0.0
    for x, label in rows:
        p = model.probabilities(x)
        loss -= math.log(max(p[label], 1e-30))
        confusion[label][p.index(max(p))] += 1
    return {"examples": len(rows), "loss": loss / len(rows), "metrics": {"confusion": confusion}}


def main():
    data, folder = sys.argv[1:]
    with open(os.path.join(folder, "task.json")) as file:
        task = json.load(file)
    if task["version"] != 1:
        sys.exit(f"task.json is of version {task['version']}, this program understands version 1")
    model = SoftmaxRegression(read_safetensors(os.path.join(folder, "global.safetensors")))
    training, hold_out = read_table(data, task["settings"].get("scale", 1.0))
    if task["purpose"] == "train":
        result = train(model, training, task)
        write_safetensors(os.path.join(folder, "update.safetensors"), model.tensors())
    else:
        result = evaluate(model, hold_out)
    with open(os.path.join(folder, "result.json"), "w") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main()
