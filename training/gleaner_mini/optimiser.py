"""Muon for the hidden matrices (Jordan 2024, https://kellerjordan.github.io/posts/muon/), AdamW for everything else."""
from __future__ import annotations

import torch


def orthogonalise(g: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Newton-Schulz iteration on a stack of matrices (n, rows, columns)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    turned = g.shape[1] > g.shape[2]
    x = g.transpose(1, 2) if turned else g
    x = x / (x.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    for _ in range(steps):
        s = x @ x.transpose(1, 2)
        x = a * x + (b * s + c * s @ s) @ x
    return x.transpose(1, 2) if turned else x


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.02):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            stacks: dict = {}
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(p)
                state["momentum"].lerp_(p.grad, 1 - group["momentum"])
                stacks.setdefault(p.shape, []).append(p)
            for shape, ps in stacks.items():
                g = torch.stack([p.grad.lerp(self.state[p]["momentum"], group["momentum"]) for p in ps])
                update = orthogonalise(g) * max(1, shape[0] / shape[1]) ** 0.5
                for p, u in zip(ps, update):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).add_(u, alpha=-group["lr"])


def optimisers(model, rate: float, adam_rate: float):
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and n.startswith(("tower.", "decoder.", "merge.", "project_"))]
    chosen = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    return [Muon(matrices, rate), torch.optim.AdamW(rest, lr=adam_rate, betas=(0.9, 0.98), weight_decay=0.01)]
