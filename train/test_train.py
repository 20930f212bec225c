"""Smoke test of the whole chain on drawn faces: bank, training, resumption, export.

    python3 -m unittest discover train
"""
import os
import sys
import tempfile
import unittest

try:
    import cv2
    import numpy as np
    import torch
except ImportError as missing:
    print(f"SKIPPED: {missing}; install python3-torch, python3-opencv and python3-numpy", file=sys.stderr)
    raise unittest.SkipTest(str(missing))

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bank
import export
import faces
import learn
import networks
import simulate


def drawn(rng):
    """A picture of a drawn head, 250 x 250, as a Face."""
    image = np.full((250, 250, 3), rng.integers(40, 220, 3), np.uint8)
    skin = [int(v) for v in rng.integers((60, 90, 140), (150, 180, 230))]
    cv2.ellipse(image, (125, 120), (45, 60), 0, 0, 360, skin, -1)
    for x in (107, 143):
        cv2.circle(image, (x, 105), 6, (30, 30, 30), -1)
    cv2.line(image, (110, 150), (140, 150), (60, 60, 170), 4)
    return faces.Face(image, (80.0, 60.0, 90.0, 120.0), "drawn")


class Opinion:
    """Stands in for a teacher: live where a picture is bright. The chain is tested, not its accuracy."""

    def setInput(self, blob):
        self.mean = float(blob.mean())

    def forward(self):
        return np.array([[0.0, (self.mean - 110) / 20, 0.0]], np.float32)


class Chain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        rng = np.random.default_rng(3)
        cls.pool = [drawn(rng) for _ in range(6)]
        cls.nets = {"near": Opinion(), "far": Opinion()}
        for part, mixtures in (("train", True), ("val", False)):
            os.makedirs(os.path.join(cls.folder.name, part))
            rows = bank.shard(0, 5, cls.pool, cls.nets, mixtures, captures=36)
            np.savez(os.path.join(cls.folder.name, part, "0000.npz"), **rows)

    def run_to(self, name, checkpoint, reports):
        """Takes some reports of a run of four steps, two steps each; gives the run."""
        run = learn.Run(learn.options([name, "--bank", self.folder.name, "--out", checkpoint, "--steps", "4", "--report", "2"]))
        lines = run.reports()
        self.lines = [next(lines) for _ in range(reports)]
        return run

    def test_a_shard_depends_on_its_number_and_seed_alone(self):
        one, two = (bank.shard(4, 5, self.pool, self.nets, True, captures=6) for _ in range(2))
        for name in one:
            np.testing.assert_array_equal(one[name], two[name])
        self.assertEqual(one["context"].shape[1:], (80, 80, 3))
        self.assertEqual(sorted(set(one["kind"]) | {0, 1, 2, -1}), [-1, 0, 1, 2])

    def test_presentations_differ_from_the_genuine_scene(self):
        for kind in ("print", "screen"):
            frame, box = simulate.presented(np.random.default_rng(2), self.pool, kind)
            shot, _ = simulate.camera(np.random.default_rng(2), frame, box)
            self.assertEqual(shot.dtype, np.uint8)
            self.assertGreater(shot.std(), 3)
            self.assertGreater(min(box[2:]), 30)

    def test_a_stopped_run_ends_as_an_unbroken_one(self):
        for name in networks.NETWORKS:
            whole = self.run_to(name, os.path.join(self.folder.name, name + "-whole.pt"), 2)
            broken = os.path.join(self.folder.name, name + "-broken.pt")
            self.run_to(name, broken, 1)
            resumed = self.run_to(name, broken, 1)
            self.assertEqual(resumed.step, 4)
            for a, b in zip(whole.mean.state_dict().values(), resumed.mean.state_dict().values()):
                torch.testing.assert_close(a, b)

    def test_training_brings_the_student_near_its_teacher(self):
        run = learn.Run(learn.options(["context", "--bank", self.folder.name, "--out", os.path.join(self.folder.name, "x.pt"), "--steps", "40", "--report", "40"]))
        before = learn.validate(run.mean, run.val)[2]
        agreement = float(next(run.reports()).split("\t")[7])
        self.assertGreater(agreement, max(before, 0.97))

    def test_the_graph_says_what_the_network_says(self):
        for name in networks.NETWORKS:
            checkpoint = os.path.join(self.folder.name, name + "-export.pt")
            network = self.run_to(name, checkpoint, 2).mean.eval()
            folder = os.path.join(self.folder.name, "liveness-" + name)
            export.main([name, checkpoint, folder])
            graph = cv2.dnn.readNetFromONNX(os.path.join(folder, "model.onnx"))
            x = export.picture(network.SIDE)
            graph.setInput(x)
            out = graph.forward()[0]
            with torch.no_grad():
                want = network(torch.from_numpy(x)).mean().item()
            self.assertAlmostEqual(float(out[1] - out[0]), want, places=3)


if __name__ == "__main__":
    unittest.main()
