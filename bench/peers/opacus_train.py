"""DP-SGD by Opacus on Fashion-MNIST, from the same initial model. Usage: opacus_train.py FOLDER TIMES EPOCHS BATCH NOISE CLIP RATE"""
import json
import sys
import time
import warnings

import numpy as np
import torch
from opacus import PrivacyEngine

import common

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
folder, times, epochs, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
noise, clip, rate = (float(value) for value in sys.argv[5:8])
x, y, x_test, y_test = common.load(folder + "/fmnist.npz")
training = torch.utils.data.TensorDataset(torch.from_numpy(x.astype(np.float32) / 255), torch.from_numpy(y.astype(np.int64)))
test_x, test_y = torch.from_numpy(x_test.astype(np.float32) / 255), torch.from_numpy(y_test.astype(np.int64))
steps = epochs * -(-len(training) // batch)
accuracies, seconds = [], 0.0
for seed in range(times):
    torch.manual_seed(seed)
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    w1, b1, w2, b2 = common.init()
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), (w1.T, b1, w2.T, b2)):
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(value)))
    loader = torch.utils.data.DataLoader(training, batch_size=batch)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    model, optimizer, loader = PrivacyEngine().make_private(
        module=model, optimizer=optimizer, data_loader=loader, noise_multiplier=noise, max_grad_norm=clip
    )
    begin, done = time.time(), 0
    while done < steps:
        for rows, labels in loader:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(rows), labels).backward()
            optimizer.step()
            done += 1
            if done == steps:
                break
    seconds += time.time() - begin
    model.eval()
    with torch.no_grad():
        accuracies.append(float((model(test_x).argmax(1) == test_y).float().mean()))
print(json.dumps({"accuracies": accuracies, "steps": steps, "seconds": seconds / times}))
