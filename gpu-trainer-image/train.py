"""Training on a GPU for Rengo's trainer `process`, with PyTorch; on the CPU where there is no GPU.

Usage: train.py FOLDER    (the agent adds FOLDER)

FOLDER holds `task.json`, `global.safetensors` and, because the agent's configuration says
`data: true`, `training.safetensors` and `hold-out.safetensors`. This program leaves `result.json`
and, where it trains, `update.safetensors`.

Two kinds of model:
- `mlp`, as the job file describes it, the same as the trainer `dense` has it;
- `tensors`, a small convolutional network in pairs of kernel and bias: kernels with four axes
  `[out, in, height, width]` are convolutions (same padding, relu, 2 x 2 pooling), kernels with two
  axes `[in, out]` are dense (relu between them), the loss is softmax cross-entropy. The job's
  `training.settings` say how a row becomes an image: `{image: [1, 28, 28]}`.
"""

import json
import os
import sys

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F

ROWS_OF_AN_EVALUATION = 8192
ACTIVATIONS = {"relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


class Network:
    """The task's model: its parameters by name, and what they make of a batch of rows."""

    def __init__(self, task, parameters):
        model, settings = task["model"], task.get("settings") or {}
        self.parameters = parameters
        self.loss_name = model.get("loss", "softmax-cross-entropy")
        self.activation = ACTIVATIONS[model.get("activation", "relu")]
        self.image = settings.get("image")
        names = [tensor["name"] for tensor in task["layout"]["tensors"]]
        if len(names) % 2:
            raise ValueError(f"the model's tensors {names} are not pairs of kernel and bias")
        self.layers = list(zip(names[::2], names[1::2]))
        if self.parameters[names[0]].dim() == 4 and not self.image:
            raise ValueError("a convolution needs training.settings.image: [channels, height, width]")

    def __call__(self, rows):
        x = rows.view(-1, *self.image) if self.image else rows
        for i, (kernel, bias) in enumerate(self.layers):
            weight, offset = self.parameters[kernel], self.parameters[bias]
            if weight.dim() == 4:
                x = F.max_pool2d(F.relu(F.conv2d(x, weight, offset, padding="same")), 2)
            else:
                x = torch.addmm(offset, x.flatten(1), weight)
                if i + 1 < len(self.layers):
                    x = self.activation(x)
        return x

    def losses(self, outputs, targets):
        """The loss of every row."""
        if self.loss_name == "softmax-cross-entropy":
            return F.cross_entropy(outputs, targets.long(), reduction="none")
        z = outputs.squeeze(1)
        if self.loss_name == "logistic":
            return F.binary_cross_entropy_with_logits(z, targets, reduction="none")
        return (z - targets) ** 2

    def classes(self, outputs):
        """The class that each row's outputs speak for, and how many classes there are."""
        if self.loss_name == "logistic":
            return (outputs.squeeze(1) > 0).long(), 2
        return outputs.argmax(1), outputs.shape[1]


def optimizer(settings, parameters):
    rate, name = settings["learningRate"], settings["optimizer"]
    if name == "adam":
        return torch.optim.Adam(parameters, lr=rate)
    if name not in ("sgd", "momentum"):
        raise ValueError(f"the local optimizer «{name}» is not known here")
    momentum = settings["momentum"] if name == "momentum" else 0.0
    return torch.optim.SGD(parameters, lr=rate, momentum=momentum)


def train(network, features, targets, settings, seed):
    """Trains in place. The proximal term comes before the clipping, so that the norm bounds both."""
    parameters = list(network.parameters.values())
    received = [p.detach().clone() for p in parameters]
    for p in parameters:
        p.requires_grad_(True)
    step = optimizer(settings, parameters)
    order = torch.Generator().manual_seed(seed % 2**63)
    mu, clip, size = settings["proximalMu"], settings["clipNorm"], settings["batchSize"]
    total = torch.zeros((), dtype=torch.float64, device=features.device)
    steps = 0
    for _ in range(settings["epochs"]):
        shuffled = torch.randperm(len(features), generator=order).to(features.device)
        for rows in shuffled.split(size):
            losses = network.losses(network(features[rows]), targets[rows])
            step.zero_grad(set_to_none=True)
            losses.mean().backward()
            if mu:
                for p, x in zip(parameters, received):
                    p.grad.add_(p.detach() - x, alpha=mu)
            if clip:
                torch.nn.utils.clip_grad_norm_(parameters, clip)
            step.step()
            total += losses.detach().sum()
            steps += 1
    rows = len(features)
    return {"examples": rows, "steps": steps, "loss": total.item() / rows / settings["epochs"]}


@torch.no_grad()
def evaluate(network, features, targets):
    loss, confusion = 0.0, None
    for rows, expected in zip(
        features.split(ROWS_OF_AN_EVALUATION), targets.split(ROWS_OF_AN_EVALUATION)
    ):
        outputs = network(rows)
        loss += network.losses(outputs, expected).double().sum().item()
        if network.loss_name != "mse":
            predicted, classes = network.classes(outputs)
            counts = torch.bincount(expected.long() * classes + predicted, minlength=classes**2)
            confusion = counts if confusion is None else confusion + counts
    metrics = (
        {"squaredError": loss}
        if confusion is None
        else {"confusion": confusion.view(classes, classes).tolist()}
    )
    return {"examples": len(features), "loss": loss / len(features), "metrics": metrics}


def load(folder, name, device):
    tensors = load_file(os.path.join(folder, name), device=str(device))
    return tensors["features"], tensors["targets"]


def main(folder):
    with open(os.path.join(folder, "task.json"), encoding="utf-8") as file:
        task = json.load(file)
    if task["version"] != 1:
        raise ValueError(f"task.json is of version {task['version']}, this program understands 1")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    print("device", torch.cuda.get_device_name() if device.type == "cuda" else "cpu", flush=True)
    seed = task.get("seed", 0) % 2**63
    torch.manual_seed(seed)
    parameters = load_file(os.path.join(folder, "global.safetensors"), device=str(device))
    network = Network(task, parameters)
    if task["purpose"] == "train":
        features, targets = load(folder, "training.safetensors", device)
        result = train(network, features, targets, task["training"], seed)
        update = {name: p.detach().cpu().contiguous() for name, p in parameters.items()}
        save_file(update, os.path.join(folder, "update.safetensors"))
    else:
        result = evaluate(network, *load(folder, "hold-out.safetensors", device))
    with open(os.path.join(folder, "result.json"), "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: train.py FOLDER")
    try:
        main(sys.argv[1])
    except (ValueError, KeyError, OSError, RuntimeError) as error:
        sys.exit(f"train.py: {type(error).__name__}: {error}")
