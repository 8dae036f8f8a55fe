"""Steps per second of DMVAE's training, beside a plain PyTorch loop of the same networks.

    python3 docs/benchmarks/dmvae_training_speed.py --mnist DIR [--threads 1] [--runs 3]

Needs PyTorch for Python (Debian: python3-torch), the built jar, and MNIST's four files in DIR.
Each run trains `gimbal train --family dmvae --dataset mnist-street` for one epoch and for two;
their difference leaves out start and data. Its validation at the end of an epoch is left in. The
loop beside it has the same layers, batch, samples, terms and optimiser, takes random images, and
does nothing else. Runs alternate; the page and its figures go to docs/results/training-speed.*.
"""

import argparse
import json
import pathlib
import platform
import statistics
import subprocess
import tempfile
import time

import torch
from torch import nn
from torch.nn import functional as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRESET = ROOT / "src/main/resources/presets/dmvae-mnist-street.json"
JAR = ROOT / "target/gimbal.jar"
SHARED, PRIVATE = 10, {"mnist": 1, "street": 4}
SIZE = {"mnist": (784,), "street": (3, 32, 32)}
STEPS_OF_AN_EPOCH, BATCH = 550, 100


def mlp(sizes):
    layers = []
    for before, after in zip(sizes, sizes[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return layers[:-1]


def networks():
    own = PRIVATE
    encoders = nn.ModuleDict({
        "mnist": nn.Sequential(*mlp([784, 400, 200, 2 * (SHARED + own["mnist"])])),
        "street": nn.Sequential(
            nn.Conv2d(3, 32, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(32, 32, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(), nn.Flatten(),
            *mlp([1024, 256, 2 * (SHARED + own["street"])])),
    })
    decoders = nn.ModuleDict({
        "mnist": nn.Sequential(*mlp([SHARED + own["mnist"], 200, 400, 784])),
        "street": nn.Sequential(
            *mlp([SHARED + own["street"], 256, 1024]), nn.ReLU(), nn.Unflatten(1, (64, 4, 4)),
            nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(),
            nn.ConvTranspose2d(32, 16, 4, 2, 1), nn.ReLU(),
            nn.ConvTranspose2d(16, 3, 4, 2, 1)),
    })
    return encoders, decoders


def kl(mean, log_variance):
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1)


def sample(mean, log_variance):
    return mean + (0.5 * log_variance).exp() * torch.randn_like(mean)


def loss(encoders, decoders, x, weights):
    """Eq. 3 of Lee and Pavlovic 2021, negated; each decoder draws from all beliefs in one pass."""
    shared, own = {}, {}
    for name, image in x.items():
        h = encoders[name](image)
        shared[name] = h[:, : 2 * SHARED].chunk(2, 1)
        own[name] = h[:, 2 * SHARED :].chunk(2, 1)
    precisions = {name: (-v).exp() for name, (_, v) in shared.items()}
    total = 1 + sum(precisions.values())
    joint = (sum(shared[n][0] * p for n, p in precisions.items()) / total, -total.log())
    beliefs = [joint, *shared.values()]
    samples = [sample(*belief) for belief in beliefs]
    value = 0
    for name, image in x.items():
        style = sample(*own[name])
        z = torch.cat([torch.cat([style, s], 1) for s in samples])
        logits = decoders[name](z).flatten(1)
        target = image.flatten(1).repeat(len(samples), 1)
        drawn = F.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(1)
        value = value + weights[name] * drawn.reshape(len(samples), -1).mean(1).sum()
        for belief in beliefs:
            value = value + (kl(*belief) + kl(*own[name])).mean()
    return value


def plain_loop(threads, steps):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    encoders, decoders = networks()
    parameters = [*encoders.parameters(), *decoders.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=1e-3)
    data = {name: torch.rand(20 * BATCH, *size) for name, size in SIZE.items()}
    started = 0.0
    for step in range(-20, steps):  # the first ones warm up
        if step == 0:
            started = time.perf_counter()
        rows = torch.randint(20 * BATCH, (BATCH,))
        optimiser.zero_grad()
        loss(encoders, decoders, {n: d[rows] for n, d in data.items()},
             {"mnist": 50, "street": 1}).backward()
        optimiser.step()
    return steps / (time.perf_counter() - started)


def gimbal_seconds(java, mnist, threads, epochs, folder):
    settings = json.loads(PRESET.read_text())
    settings["steps"] = epochs * STEPS_OF_AN_EPOCH
    file = folder / f"{epochs}.json"
    file.write_text(json.dumps(settings))
    out = folder / f"run-{epochs}-{time.time_ns()}"
    subprocess.run(
        [java, f"-Dai.djl.pytorch.num_threads={threads}", "-jar", JAR, "train", "--family", "dmvae",
         "--dataset", "mnist-street", "--data", f"mnist={mnist}", "--settings", file, "--out", out],
        check=True, capture_output=True, env={"OMP_NUM_THREADS": str(threads), "HOME": str(pathlib.Path.home())})
    return json.loads((out / "report.json").read_text())["seconds"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--mnist", required=True)
    arguments.add_argument("--java", default="/usr/lib/jvm/temurin-25-jdk-amd64/bin/java")
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.runs):
            one, two = (gimbal_seconds(given.java, given.mnist, given.threads, epochs,
                                       pathlib.Path(folder)) for epochs in (1, 2))
            ours.append(STEPS_OF_AN_EPOCH / (two - one))
            theirs.append(plain_loop(given.threads, STEPS_OF_AN_EPOCH))
            print(f"steps a second: gimbal {ours[-1]:.2f}, plain PyTorch {theirs[-1]:.2f}", flush=True)
    figures = {
        "gimbal": ours, "plain": theirs, "threads": given.threads,
        "ratio": statistics.median(ours) / statistics.median(theirs),
        "torch": torch.__version__, "python": platform.python_version(),
    }
    results = ROOT / "docs/results"
    (results / "training-speed.json").write_text(json.dumps(figures, indent=2) + "\n")
    (results / "training-speed.md").write_text(f"""# Results: training speed

Written by `python3 docs/benchmarks/dmvae_training_speed.py --mnist DIR --threads {given.threads} --runs {given.runs}`
([numbers](training-speed.json)): DMVAE on mnist-street, batches of {BATCH}, beside a plain loop of the same networks in
PyTorch {torch.__version__} for Python. Steps a second, median of {given.runs} runs in turn.

| gimbal train | plain PyTorch | ratio |
| ---: | ---: | ---: |
| {statistics.median(ours):.2f} | {statistics.median(theirs):.2f} | {figures["ratio"]:.2f} |
""")
    print((results / "training-speed.md").read_text())


if __name__ == "__main__":
    main()
