#!/usr/bin/env python3
"""Small networks in PyTorch, pruned by hand, as values for tests in other languages. Needs only PyTorch.

    python bench/pytorch_layers_reference.py test/golden

writes vgg.json, residual.json, concat.json, depthwise.json and flatten.json. Each has a net's weights (float32,
in TensorFlow.js's layouts under its names), an input and the output, the channels that stay, and the output of
the smaller net, whose weights are indexed here layer by layer. Outputs are computed in float64. Conventions that
differ between the two libraries stand in each file under `conventions`.
"""
import json, os, sys
import torch
from pytorch_nets import COLUMNS, ROWS, concat, depthwise, flatten, residual, vgg

COMMON = ["weights and pictures are written channels last: kernels [rows, columns, in, out], dense [in, out], NHWC",
          "padding is explicit: 'same' with stride 2 pads differently in the two libraries"]


def channels_last(name, weight):
    if name == "hidden/kernel":  # CHW -> HWC
        outputs = weight.shape[0]
        return weight.reshape(outputs, -1, ROWS, COLUMNS).permute(2, 3, 1, 0).reshape(-1, outputs)
    if name.endswith("depthwise_kernel"):
        return weight.reshape(-1, 2, 3, 3).permute(2, 3, 0, 1)
    if weight.dim() == 4:
        return weight.permute(2, 3, 1, 0)
    return weight.T if weight.dim() == 2 else weight


def numbers(tensor):
    return [float("%.9g" % value) for value in tensor.flatten().tolist()]


def picture(x):
    return numbers(x.permute(0, 2, 3, 1) if x.dim() == 4 else x)


def main():
    for make in (vgg, residual, concat, depthwise, flatten):
        net, shape, forward, prune, conventions = make()
        w, percent = net.weights, 0.4
        x = (torch.rand(2, *shape, generator=net.random) * 2 - 1).double()
        small, kept = prune(w, percent)
        written = {name: channels_last(name, weight) for name, weight in w.items()}
        golden = {
            "made_with": f"bench/pytorch_layers_reference.py, torch {torch.__version__.split('+')[0]}, float64",
            "conventions": COMMON + conventions,
            "percent": percent,
            "input_shape": [2, shape[1], shape[2], shape[0]],
            "input": picture(x),
            "weights": {name: {"shape": list(t.shape), "values": numbers(t)} for name, t in written.items()},
            "output": picture(forward(w, x)),
            "kept": {name: k.tolist() for name, k in kept.items()},
            "pruned_parameters": sum(t.numel() for t in small.values()),
            "pruned_output": picture(forward(small, x)),
        }
        with open(os.path.join(sys.argv[1], f"{make.__name__}.json"), "w") as out:
            json.dump(golden, out)


if __name__ == "__main__":
    with torch.no_grad():
        main()
