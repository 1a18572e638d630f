"""Writes the partition and the initial model that Flower's side uses, for Rengo's side. Usage: export.py FOLDER"""
import json
import os
import struct
import sys

import common

folder = sys.argv[1]
_, labels, _, _ = common.load(os.path.join(folder, "fmnist.npz"))
parts = common.dirichlet_parts(labels, 10)
with open(os.path.join(folder, "parts.json"), "w") as out:
    json.dump([[int(i) for i in part] for part in parts], out)

names = ["layers.0.kernel", "layers.0.bias", "layers.1.kernel", "layers.1.bias"]
header, offset, data = {}, 0, b""
for name, tensor in zip(names, common.init()):
    raw = tensor.astype("<f4").tobytes()
    header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(raw)]}
    offset += len(raw)
    data += raw
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(os.path.join(folder, "initial.safetensors"), "wb") as out:
    out.write(struct.pack("<Q", len(text)) + text + data)
