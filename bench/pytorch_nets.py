"""The networks of pytorch_layers_reference.py: seeded weights, forward pass, and what pruning them means by hand.

Each function answers (net, shape of a sample [channels, rows, columns], forward(weights, x), prune(weights, percent)
-> (smaller weights, {layer: filters that stay}), the conventions that its values depend on).
"""
import torch
import torch.nn.functional as F


class Net:
    """Seeded float32 weights by name, in PyTorch's layouts, held as float64."""

    def __init__(self, seed):
        self.random = torch.Generator().manual_seed(seed)
        self.weights = {}

    def draw(self, name, *shape, low=-1.0, high=1.0):
        values = torch.rand(*shape, generator=self.random) * (high - low) + low
        self.weights[name] = values.double()

    def conv(self, name, cin, cout, size=3, bias=False):
        bound = (6 / (cin * size * size)) ** 0.5
        self.draw(f"{name}/kernel", cout, cin, size, size, low=-bound, high=bound)
        if bias:
            self.draw(f"{name}/bias", cout, low=-0.5, high=0.5)

    def norm(self, name, channels):
        self.draw(f"{name}/gamma", channels, low=0.5, high=1.5)
        self.draw(f"{name}/beta", channels, low=-0.5, high=0.5)
        self.draw(f"{name}/moving_mean", channels, low=-0.5, high=0.5)
        self.draw(f"{name}/moving_variance", channels, low=0.5, high=1.5)

    def dense(self, name, cin, cout):
        bound = (6 / cin) ** 0.5
        self.draw(f"{name}/kernel", cout, cin, low=-bound, high=bound)
        self.draw(f"{name}/bias", cout, low=-0.5, high=0.5)


def conv(w, name, x, **options):
    return F.conv2d(x, w[f"{name}/kernel"], w.get(f"{name}/bias"), **options)


def norm(w, name, x, eps):
    part = lambda key: w[f"{name}/{key}"]
    return F.batch_norm(x, part("moving_mean"), part("moving_variance"), part("gamma"), part("beta"), eps=eps)


def dense(w, name, x):
    return F.linear(x, w[f"{name}/kernel"], w[f"{name}/bias"])


def scores(w, name):
    return w[f"{name}/kernel"].abs().sum(dim=(1, 2, 3))


def lowest_go(score, percent):
    count = int(score.numel() * percent + 1e-9)
    return torch.sort(torch.argsort(score, stable=True)[count:])[0]


def cut(w, name, keep=slice(None), reads=slice(None)):
    """Filters (and their bias) that stay, and the channels that are still there to read."""
    w[f"{name}/kernel"] = w[f"{name}/kernel"][keep][:, reads]
    if f"{name}/bias" in w:
        w[f"{name}/bias"] = w[f"{name}/bias"][keep]


def cut_norm(w, name, keep):
    for key in ("gamma", "beta", "moving_mean", "moving_variance"):
        w[f"{name}/{key}"] = w[f"{name}/{key}"][keep]


def vgg():
    net = Net(1)
    for i, (a, b) in enumerate([(2, 5), (5, 6), (6, 7)], 1):
        net.conv(f"conv{i}", a, b)
        net.norm(f"norm{i}", b)
    net.dense("classes", 7, 3)

    def forward(w, x):
        for i in (1, 2, 3):
            x = F.relu(norm(w, f"norm{i}", conv(w, f"conv{i}", x, padding=1), 1e-3))
            if i == 2:
                x = F.max_pool2d(x, 2)
        return dense(w, "classes", x.mean(dim=(2, 3)))

    def prune(w, percent):
        kept = {f"conv{i}": lowest_go(scores(w, f"conv{i}"), percent) for i in (1, 2, 3)}
        small = dict(w)
        cut(small, "conv1", kept["conv1"])
        cut(small, "conv2", kept["conv2"], kept["conv1"])
        cut(small, "conv3", kept["conv3"], kept["conv2"])
        for i in (1, 2, 3):
            cut_norm(small, f"norm{i}", kept[f"conv{i}"])
        cut(small, "classes", reads=kept["conv3"])
        return small, kept

    return net, (2, 8, 6), forward, prune, [
        "batch norm has the epsilon 1e-3, TensorFlow.js's default (PyTorch's is 1e-5)"]


def residual():
    net = Net(2)
    net.conv("stem", 2, 6)
    net.norm("stem_norm", 6)
    inner = [("a1", 6, 5, 3), ("a2", 5, 6, 3), ("b1", 6, 7, 3), ("b2", 7, 8, 3), ("skip", 6, 8, 1)]
    for name, cin, cout, size in inner:
        net.conv(name, cin, cout, size)
        net.norm(f"{name}_norm", cout)
    net.dense("classes", 8, 3)
    both = lambda w, name, x, **options: norm(w, f"{name}_norm", conv(w, name, x, **options), 1e-5)

    def forward(w, x):
        x = F.relu(both(w, "stem", x, padding=1))
        x = F.relu(x + both(w, "a2", F.relu(both(w, "a1", x, padding=1)), padding=1))
        first = F.relu(both(w, "b1", x, padding=1, stride=2))
        x = F.relu(both(w, "skip", x, stride=2) + both(w, "b2", first, padding=1))
        return dense(w, "classes", x.mean(dim=(2, 3)))

    def prune(w, percent):
        share = lambda name: scores(w, name) / scores(w, name).mean()
        one = lowest_go((share("stem") + share("a2")) / 2, percent)
        two = lowest_go((share("b2") + share("skip")) / 2, percent)
        kept = {"stem": one, "a2": one, "skip": two, "b2": two}
        kept["a1"], kept["b1"] = (lowest_go(scores(w, name), percent) for name in ("a1", "b1"))
        small = dict(w)
        cut(small, "stem", one)
        cut(small, "a1", kept["a1"], one)
        cut(small, "a2", one, kept["a1"])
        cut(small, "b1", kept["b1"], one)
        cut(small, "b2", two, kept["b1"])
        cut(small, "skip", two, one)
        for name in kept:
            cut_norm(small, f"{name}_norm", kept[name])
        cut(small, "classes", reads=two)
        return small, kept

    return net, (2, 7, 9), forward, prune, [
        "batch norm has the epsilon 1e-5, PyTorch's default, so that the TensorFlow.js layers must be told",
        "the score of channels that are added is the mean over the layers of (L1 norm / the layer's mean L1 norm)"]


def concat():
    net = Net(3)
    net.conv("stem", 2, 5, bias=True)
    net.conv("left", 5, 6, bias=True)
    net.conv("right", 5, 3, size=1, bias=True)
    net.norm("joined_norm", 14)
    net.conv("last", 14, 4, bias=True)

    def forward(w, x):
        stem = F.softplus(conv(w, "stem", x, padding=1))
        left = torch.tanh(conv(w, "left", stem, padding=1))
        right = F.relu(conv(w, "right", F.max_pool2d(stem, 2)))
        joined = torch.cat([left, F.interpolate(right, scale_factor=2, mode="nearest"), stem], dim=1)
        return conv(w, "last", norm(w, "joined_norm", joined, 1e-3), padding=1)

    def prune(w, percent):
        kept = {name: lowest_go(scores(w, name), percent) for name in ("stem", "left", "right")}
        joined = torch.cat([kept["left"], 6 + kept["right"], 9 + kept["stem"]])
        small = dict(w)
        cut(small, "stem", kept["stem"])
        cut(small, "left", kept["left"], kept["stem"])
        cut(small, "right", kept["right"], kept["stem"])
        cut_norm(small, "joined_norm", joined)
        cut(small, "last", reads=joined)
        return small, kept

    return net, (2, 6, 8), forward, prune, [
        "batch norm has the epsilon 1e-3, TensorFlow.js's default (PyTorch's is 1e-5)",
        "up-sampling repeats the nearest pixel"]


def depthwise():
    net = Net(4)
    net.conv("stem", 2, 6, bias=True)
    net.draw("depthwise/depthwise_kernel", 12, 1, 3, 3)
    net.draw("depthwise/bias", 12)
    net.conv("point", 12, 5, size=1, bias=True)
    net.dense("classes", 5, 3)

    def forward(w, x):
        x = F.relu(conv(w, "stem", x, padding=1))
        kernel, bias = w["depthwise/depthwise_kernel"], w["depthwise/bias"]
        x = F.conv2d(F.pad(x, (1, 1, 1, 1)), kernel, bias, stride=2, groups=kernel.shape[0] // 2)
        x = F.relu(conv(w, "point", F.relu6(x)))
        return dense(w, "classes", x.mean(dim=(2, 3)))

    def prune(w, percent):
        kept = {name: lowest_go(scores(w, name), percent) for name in ("stem", "point")}
        pairs = torch.stack([2 * kept["stem"], 2 * kept["stem"] + 1], dim=1).flatten()
        small = dict(w)
        cut(small, "stem", kept["stem"])
        small["depthwise/depthwise_kernel"] = w["depthwise/depthwise_kernel"][pairs]
        small["depthwise/bias"] = w["depthwise/bias"][pairs]
        cut(small, "point", kept["point"], pairs)
        cut(small, "classes", reads=kept["point"])
        return small, kept

    return net, (2, 7, 6), forward, prune, [
        "depthwise kernels are [rows, columns, in, 2] there and [2 * in, 1, rows, columns] in PyTorch: "
        "channel c becomes 2c and 2c + 1"]


ROWS, COLUMNS = 3, 4


def flatten():
    net = Net(5)
    net.conv("conv1", 2, 4, bias=True)
    net.conv("conv2", 4, 5, bias=True)
    net.dense("hidden", 5 * ROWS * COLUMNS, 6)
    net.dense("classes", 6, 3)

    def forward(w, x):
        x = F.max_pool2d(F.relu(conv(w, "conv1", x, padding=1)), 2)
        x = torch.sigmoid(conv(w, "conv2", x, padding=1)).flatten(1)
        return dense(w, "classes", F.relu(dense(w, "hidden", x)))

    def prune(w, percent):
        kept = {name: lowest_go(scores(w, name), percent) for name in ("conv1", "conv2")}
        kept["hidden"] = lowest_go(w["hidden/kernel"].abs().sum(dim=1), percent)
        places = ROWS * COLUMNS
        columns = torch.cat([torch.arange(c * places, (c + 1) * places) for c in kept["conv2"].tolist()])
        small = dict(w)
        cut(small, "conv1", kept["conv1"])
        cut(small, "conv2", kept["conv2"], kept["conv1"])
        cut(small, "hidden", kept["hidden"], columns)
        cut(small, "classes", reads=kept["hidden"])
        return small, kept

    return net, (2, 2 * ROWS, 2 * COLUMNS), forward, prune, [
        "PyTorch flattens channel by channel (CHW), TensorFlow.js place by place (HWC): "
        "the rows of hidden/kernel are written in the latter order"]
